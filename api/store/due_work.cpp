#include "api/store/due_work.hpp"

#include "api/store/db_error.hpp"

#include <chrono>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace creneau::store {

namespace {

constexpr std::chrono::seconds kLook{1};

}  // namespace

DueWork::DueWork(DueWorkParts parts) : parts_(std::move(parts)) {}

DueWork::~DueWork() {
    stop();
}

void DueWork::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { loop(stop); });
}

void DueWork::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    wake_.notify_one();
}

void DueWork::stop() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
}

void DueWork::loop(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        look();
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, kLook, [this] { return woken_; });
        woken_ = false;
    }
}

void DueWork::look() {
    for (const auto& work : parts_.works) {
        try {
            work(parts_.now());
        } catch (const std::exception& error) {
            parts_.report(told(error));
        }
    }
    if (parts_.after) {
        parts_.after();
    }
}

}  // namespace creneau::store
