// SPDX-License-Identifier: MIT
#include "fanfare/plugins/sha256.h"

#include <openssl/evp.h>

namespace Fanfare {

struct Sha256::Context
{
    EVP_MD_CTX *digest = EVP_MD_CTX_new();

    ~Context() { EVP_MD_CTX_free(digest); }
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>())
{
    EVP_DigestInit_ex(m_context->digest, EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;

void Sha256::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_context->digest, bytes.data(), size_t(bytes.size()));
}

QByteArray Sha256::result()
{
    QByteArray hash(size, '\0');
    EVP_DigestFinal_ex(m_context->digest, reinterpret_cast<unsigned char *>(hash.data()), nullptr);
    return hash;
}

} // namespace Fanfare
