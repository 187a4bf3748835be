#include "tests/door-agent/locks/bus_fixture.hpp"

#include <algorithm>
#include <future>

namespace creneau::door::test {

LockSettings lock_on(const std::string& board, int channel) {
    LockSettings settings;
    settings.key = "door-" + std::to_string(channel);
    settings.board = board;
    settings.channel = channel;
    return settings;
}

BusSettings bus_to(const BoardProcess& board, milliseconds timeout) {
    BusSettings settings;
    settings.key = "bus";
    settings.response_timeout = timeout;
    if (board.port() != 0) {
        settings.address = TcpAddress{"127.0.0.1", static_cast<std::uint16_t>(board.port())};
    } else {
        settings.address = RtuLine{board.tty(), 115200, 'N', 1};
    }
    return settings;
}

void Bench::start(const std::vector<LockSettings>& wanted) {
    LockListener listener;
    listener.event = [this](const LockEvent& event) {
        const std::scoped_lock held(mutex_);
        events_.push_back(event);
    };
    listener.inputs = [this](const InputLevels& levels) {
        const std::scoped_lock held(mutex_);
        inputs_.push_back(levels);
    };
    bus = std::make_unique<LockBus>(bus_to(board, milliseconds(200)), listener);
    for (const LockSettings& settings : wanted) {
        locks.push_back(bus->add_lock(settings).value());
    }
    bus->start();
}

std::optional<LockResult> Bench::pulse(milliseconds duration, milliseconds age) {
    auto answer = std::make_shared<std::promise<LockResult>>();
    auto waiting = answer->get_future();
    locks[0]->pulse(duration, boot_now() - age,
                    [answer](LockResult result) { answer->set_value(result); });
    if (waiting.wait_for(std::chrono::seconds(10)) != std::future_status::ready) {
        return std::nullopt;
    }
    return waiting.get();
}

std::optional<LockResult> Bench::hold(milliseconds lease) {
    auto answer = std::make_shared<std::promise<LockResult>>();
    auto waiting = answer->get_future();
    locks[0]->hold(lease, [answer](LockResult result) { answer->set_value(result); });
    if (waiting.wait_for(std::chrono::seconds(10)) != std::future_status::ready) {
        return std::nullopt;
    }
    return waiting.get();
}

RelayState Bench::read_back() {
    auto answer = std::make_shared<std::promise<RelayState>>();
    auto waiting = answer->get_future();
    locks[0]->read_back([answer](RelayState state) { answer->set_value(state); });
    return waiting.wait_for(std::chrono::seconds(10)) == std::future_status::ready
               ? waiting.get()
               : RelayState::unknown;
}

std::vector<LockEvent> Bench::events() const {
    const std::scoped_lock held(mutex_);
    return events_;
}

std::vector<InputLevels> Bench::inputs() const {
    const std::scoped_lock held(mutex_);
    return inputs_;
}

std::size_t Bench::told(LockNotice notice) const {
    const auto all = events();
    return static_cast<std::size_t>(std::ranges::count(all, notice, &LockEvent::notice));
}

bool Bench::wait_for(LockNotice notice, std::size_t times) const {
    return eventually([&] { return told(notice) >= times; }, std::chrono::seconds(15));
}

bool Bench::wait_until_off() const {
    return eventually([this] { return !board.coil(0); }, std::chrono::seconds(10));
}

}  // namespace creneau::door::test
