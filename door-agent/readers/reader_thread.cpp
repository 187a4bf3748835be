#include "door-agent/readers/reader_thread.hpp"

#include <cerrno>
#include <chrono>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>

namespace creneau::door {

ReaderThread::ReaderThread() : stop_(eventfd(0, EFD_CLOEXEC)) {
    if (!stop_.is_open()) {
        throw std::system_error(errno, std::generic_category(), "eventfd");
    }
}

void ReaderThread::stop() {
    if (thread_.joinable()) {
        stopping_ = true;
        eventfd_write(stop_.get(), 1);
        thread_.join();
    }
}

bool ReaderThread::pause(std::chrono::milliseconds time) const {
    pollfd stopping{stop_.get(), POLLIN, 0};
    return poll(&stopping, 1, static_cast<int>(time.count())) <= 0;
}

}  // namespace creneau::door
