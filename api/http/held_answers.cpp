#include "api/http/held_answers.hpp"

#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/responder.hpp"
#include "api/http/response.hpp"
#include "api/store/db_error.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <iterator>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

namespace creneau::http {

namespace {

constexpr std::size_t kThreads = 2;
constexpr std::size_t kQueued = 512;
constexpr std::size_t kMostHeld = 1024;
/// Commits of others are seen so late at most.
constexpr std::chrono::seconds kLookEvery{1};
/// Many commits together cost one look.
constexpr std::chrono::milliseconds kGather{20};

void say_what_is_new(const HeldAnswers::One& one) {
    Response response;
    try {
        response = one.held->answer(one.nothing_new);
    } catch (const std::exception& error) {
        spdlog::error("{}: {}", one.request->id, store::told(error));
        response = internal_error(*one.request);
    }
    one.responder->send(*one.request, response);
}

void say_nothing_new(const HeldAnswers::One& one) {
    one.responder->send(*one.request, one.nothing_new);
}

}  // namespace

HeldAnswers::HeldAnswers(store::Readers& readers)
    : readers_(readers), pool_(kThreads, kQueued), thread_([this] { run(); }) {}

HeldAnswers::~HeldAnswers() {
    close();
}

void HeldAnswers::hold(One one) {
    std::vector<Waiting> ended;
    {
        const std::lock_guard lock(mutex_);
        const auto gone = std::ranges::stable_partition(waiting_, [&](const Waiting& other) {
            return other.one.held->whose != one.held->whose;
        });
        ended.assign(std::make_move_iterator(gone.begin()), std::make_move_iterator(gone.end()));
        waiting_.erase(gone.begin(), gone.end());
        const auto until = std::chrono::steady_clock::now() + one.held->patience;
        auto& place = closed_ || waiting_.size() >= kMostHeld ? ended : waiting_;
        place.push_back({std::move(one), until, false});
        look_ = true;
    }
    changed_.notify_one();
    for (const auto& other : ended) {
        say_nothing_new(other.one);
    }
}

void HeldAnswers::look() {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) {
            return;
        }
        look_ = true;
    }
    changed_.notify_one();
}

void HeldAnswers::close() {
    std::vector<Waiting> ended;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        ended.swap(waiting_);
    }
    changed_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
    for (const auto& waiting : ended) {
        say_nothing_new(waiting.one);
    }
}

void HeldAnswers::run() {
    std::unique_lock lock(mutex_);
    while (!closed_) {
        changed_.wait_for(lock, kLookEvery, [this] { return look_ || closed_; });
        if (closed_ || waiting_.empty()) {
            look_ = false;
            continue;
        }
        changed_.wait_for(lock, kGather, [this] { return closed_; });
        look_ = false;
        std::vector<Waiting> taken;
        taken.swap(waiting_);
        lock.unlock();
        look_at(taken);
        keep(answer_ready(std::move(taken)));
        lock.lock();
    }
}

void HeldAnswers::look_at(std::vector<Waiting>& waiting) {
    try {
        readers_.read([&](store::Session& session) {
            for (auto& one : waiting) {
                one.is_due = one.is_due || one.one.held->is_due(session);
            }
        });
    } catch (const std::exception& error) {
        spdlog::error("held answers: {}", store::told(error));
    }
}

std::vector<HeldAnswers::Waiting> HeldAnswers::answer_ready(std::vector<Waiting> waiting) {
    const auto now = std::chrono::steady_clock::now();
    std::vector<Waiting> rest;
    for (auto& one : waiting) {
        if (!one.is_due && now >= one.until) {
            say_nothing_new(one.one);
        } else if (!one.is_due || !pool_.submit([due = one.one] { say_what_is_new(due); })) {
            rest.push_back(std::move(one));
        }
    }
    return rest;
}

/// Those that came meanwhile stand behind; of one agent the later one stays.
void HeldAnswers::keep(std::vector<Waiting> waiting) {
    std::vector<Waiting> ended;
    {
        const std::lock_guard lock(mutex_);
        for (auto& one : waiting) {
            const bool overtaken = std::ranges::any_of(waiting_, [&](const Waiting& other) {
                return other.one.held->whose == one.one.held->whose;
            });
            auto& place = overtaken || closed_ ? ended : waiting_;
            place.push_back(std::move(one));
        }
    }
    for (const auto& one : ended) {
        say_nothing_new(one.one);
    }
}

}  // namespace creneau::http
