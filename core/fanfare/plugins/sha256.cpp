// SPDX-License-Identifier: MIT
#include "fanfare/plugins/sha256.h"

#include <QCryptographicHash>

#include <atomic>
#include <dlfcn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace Fanfare {

/// So many bytes are hashed by Qt in the time that loading OpenSSL takes.
static constexpr qint64 worthLoading = 256 * 1024;

namespace {

/// The functions of OpenSSL that are used, or nothing.
struct OpenSsl
{
    OpenSsl()
    {
        void *const library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL); // never unloaded
        if (!library)
            return;
        stayUntilTheEnd(library);
        resolve(library, "OPENSSL_thread_stop", leaveThread);
        resolve(library, "EVP_MD_CTX_new", create);
        resolve(library, "EVP_MD_CTX_free", destroy);
        resolve(library, "EVP_sha256", sha256);
        resolve(library, "EVP_DigestInit_ex", begin);
        resolve(library, "EVP_DigestUpdate", update);
        resolve(library, "EVP_DigestFinal_ex", finish);
    }

    bool isUsable() const
    {
        return leaveThread && create && destroy && sha256 && begin && update && finish;
    }

    /// Otherwise OpenSSL takes itself down in exit(), and a thread that ends at that moment reads
    /// what is gone. Threads of a QThreadPool do: waiting for them returns before they have ended.
    static void stayUntilTheEnd(void *library)
    {
        decltype(&OPENSSL_init_crypto) prepare = nullptr;
        resolve(library, "OPENSSL_init_crypto", prepare);
        if (prepare)
            prepare(OPENSSL_INIT_NO_ATEXIT, nullptr);
    }

    template <typename Function>
    static void resolve(void *library, const char *name, Function &function)
    {
        function = reinterpret_cast<Function>(dlsym(library, name));
    }

    decltype(&OPENSSL_thread_stop) leaveThread = nullptr;
    decltype(&EVP_MD_CTX_new) create = nullptr;
    decltype(&EVP_MD_CTX_free) destroy = nullptr;
    decltype(&EVP_sha256) sha256 = nullptr;
    decltype(&EVP_DigestInit_ex) begin = nullptr;
    decltype(&EVP_DigestUpdate) update = nullptr;
    decltype(&EVP_DigestFinal_ex) finish = nullptr;
};

} // namespace

/// Loaded with the first call.
static const OpenSsl &openSsl()
{
    static const OpenSsl functions;
    return functions;
}

static bool isWorthLoading(qint64 expected)
{
    static std::atomic<qint64> hashed = 0; // by this process
    return hashed.fetch_add(expected) + expected > worthLoading;
}

struct Sha256::Context
{
    explicit Context(qint64 expected)
        : ssl(isWorthLoading(expected) && openSsl().isUsable() ? &openSsl() : nullptr)
    {
        if (!ssl)
            return;
        digest = ssl->create();
        ssl->begin(digest, ssl->sha256(), nullptr);
    }
    ~Context()
    {
        if (!ssl)
            return;
        ssl->destroy(digest);
        ssl->leaveThread(); // what it keeps for a thread goes now, not while the thread ends
    }

    const OpenSsl *const ssl; // null: Qt does it
    EVP_MD_CTX *digest = nullptr;
    QCryptographicHash hash{QCryptographicHash::Sha256};
};

Sha256::Sha256(qint64 expected)
    : m_context(std::make_unique<Context>(expected))
{
}

Sha256::~Sha256() = default;

void Sha256::add(QByteArrayView bytes)
{
    if (m_context->ssl)
        m_context->ssl->update(m_context->digest, bytes.data(), size_t(bytes.size()));
    else
        m_context->hash.addData(bytes);
}

QByteArray Sha256::result()
{
    if (!m_context->ssl)
        return m_context->hash.result();
    QByteArray hash(size, '\0');
    m_context->ssl->finish(m_context->digest, reinterpret_cast<unsigned char *>(hash.data()),
                           nullptr);
    return hash;
}

} // namespace Fanfare
