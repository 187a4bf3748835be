#pragma once

#include "api/http/request_framer.hpp"

#include <functional>
#include <mutex>
#include <string_view>

namespace creneau::http {

/// One client connection as the server sees it: a framer, one request under way at most, and the
/// socket. Answers may come from any thread; the rest belongs to the connection's I/O thread.
class Connection {
  public:
    static constexpr std::size_t kMaxQueued = 8;   // whole requests behind the present one
    static constexpr int kMaxUnsent = 512 * 1024;  // bytes in the socket that nobody reads
    static constexpr std::size_t kMaxIgnored =
        std::size_t{256} * 1024;  // bytes sent after the last answer

    /// `wake` is called when an answer is out and requests wait behind it; it makes the I/O thread
    /// go on, or returns false: then the client is dropped. It must bear a call after detach().
    Connection(int socket, std::function<bool()> wake);

    RequestFramer& framer() { return framer_; }

    /// Takes the turn of the next request; false while one is under way or after the last one.
    [[nodiscard]] bool begin();
    /// Sends the answer to the request under way. Drops the client when it does not read.
    void answer(std::string_view bytes, bool keep_alive);
    /// "100 Continue", unless an answer is under way.
    void send_interim(std::string_view bytes);

    /// The last answer is out: what the client still sends is counted and thrown away. False when
    /// it was not the last one.
    [[nodiscard]] bool ignores(std::size_t bytes);
    /// Ends both directions; the I/O thread will see the end of the stream.
    void drop();
    /// The library is about to close the socket: nothing more may be written to it.
    void detach();

  private:
    [[nodiscard]] bool answer_now(std::string_view bytes, bool keep_alive);
    void send_now(std::string_view bytes);
    void drop_now();

    RequestFramer framer_;
    std::function<bool()> wake_;
    std::mutex mutex_;  // guards what follows
    int socket_;
    bool open_ = true;
    bool busy_ = false;
    bool waiting_ = false;
    bool closing_ = false;
    std::size_t ignored_ = 0;
};

}  // namespace creneau::http
