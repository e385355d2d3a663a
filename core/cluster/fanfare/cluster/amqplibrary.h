// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/ssl_socket.h>
#include <rabbitmq-c/tcp_socket.h>
#else
#include <amqp.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#endif

namespace Fanfare {

/// The functions of librabbitmq, without their prefix "amqp_". The library is loaded when a cluster
/// is used: with its TLS it would make the start of every worker process twice as long (4 to 8 ms).
struct AmqpLibrary
{
#define FANFARE_AMQP_FUNCTIONS(DO)                                                                 \
    DO(new_connection)                                                                             \
    DO(destroy_connection)                                                                         \
    DO(connection_close)                                                                           \
    DO(get_sockfd)                                                                                 \
    DO(tcp_socket_new)                                                                             \
    DO(ssl_socket_new)                                                                             \
    DO(ssl_socket_set_cacert)                                                                      \
    DO(ssl_socket_set_verify_peer)                                                                 \
    DO(ssl_socket_set_verify_hostname)                                                             \
    DO(socket_open_noblock)                                                                        \
    DO(set_handshake_timeout)                                                                      \
    DO(set_rpc_timeout)                                                                            \
    DO(login_with_properties)                                                                      \
    DO(get_rpc_reply)                                                                              \
    DO(channel_open)                                                                               \
    DO(send_method)                                                                                \
    DO(confirm_select)                                                                             \
    DO(exchange_declare)                                                                           \
    DO(queue_declare)                                                                              \
    DO(queue_bind)                                                                                 \
    DO(queue_delete)                                                                               \
    DO(basic_qos)                                                                                  \
    DO(basic_consume)                                                                              \
    DO(basic_cancel)                                                                               \
    DO(basic_publish)                                                                              \
    DO(basic_get)                                                                                  \
    DO(basic_ack)                                                                                  \
    DO(basic_nack)                                                                                 \
    DO(simple_wait_frame_noblock)                                                                  \
    DO(read_message)                                                                               \
    DO(destroy_message)                                                                            \
    DO(maybe_release_buffers)                                                                      \
    DO(error_string2)

#define FANFARE_AMQP_MEMBER(name) decltype(&::amqp_##name) name = nullptr;
    FANFARE_AMQP_FUNCTIONS(FANFARE_AMQP_MEMBER)
#undef FANFARE_AMQP_MEMBER
};

/// The library, which is loaded once and never unloaded. Error: Unsupported, when it is not
/// installed. [any]
Result<const AmqpLibrary *> amqpLibrary();

} // namespace Fanfare
