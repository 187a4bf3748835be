#pragma once

#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/bus_lock.hpp"
#include "door-agent/locks/bus_port.hpp"
#include "door-agent/locks/bus_queue.hpp"
#include "door-agent/locks/bus_rules.hpp"
#include "door-agent/locks/input_filter.hpp"
#include "door-agent/locks/lock_bus.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace creneau::door {

/// The thread that owns the bus: asks the rules for the next step, carries it out, tells.
class LockBus::Worker {
  public:
    Worker(BusSettings settings, LockListener listener, std::unique_ptr<BusPort> port);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    [[nodiscard]] tl::expected<Lock*, LockRefusal> add_lock(const LockSettings& settings);
    [[nodiscard]] tl::expected<Indicator*, LockRefusal> add_indicator(
        const IndicatorSettings& settings);
    void start();
    [[nodiscard]] BootTime last_round() const { return BootTime(last_round_.load()); }

  private:
    /// What the rules need not know about a lock.
    struct LockInfo {
        LockSettings settings;
        std::vector<LockDone> waiting_for_release;
        bool told_ready = false;
        bool told_lost = false;
        bool told_stuck = false;
        std::unique_ptr<BusLock> lock;
    };
    struct UnitInfo {
        int unit = 0;
        const BoardModel* board = nullptr;
        std::vector<RegisterRule> rules;
        int lowest = 0;  ///< channels in use
        int highest = 0;
        std::size_t next_rule = 0;
        InputFilter inputs;
        std::string version;
        std::string refusal;
    };
    struct Answer {
        LockDone done;
        RelayRead read;
    };

    // The loop and the wire (bus_worker.cpp)
    void run();
    void take_orders();
    void take(Order& order);
    void perform(const Step& step);
    void open();
    Reply ask(std::size_t unit, const Request& request);
    void note_failure(std::size_t unit);
    void note_answer(std::size_t unit);
    void lose(std::size_t unit);
    void tell(LockNotice notice, std::size_t lock, std::string detail);
    void tell_unit(LockNotice notice, std::size_t unit, const std::string& detail);
    void shut_down();

    // Commands (bus_commands.cpp)
    void release(std::size_t lock);
    void confirm_off(std::size_t lock);
    void answer_release(std::size_t lock, LockResult result);
    void order_release(std::size_t lock);
    void energise(std::size_t command);
    void settle_doubt(std::size_t command);
    void renew(std::size_t lock);
    void read_back(std::size_t command);
    void expire(std::size_t command);
    void finish(std::size_t command, Verdict verdict, RelayState relay);
    void cancel_commands(std::size_t lock, LockResult result);
    void start_lease(const Command& command, BootTime sent_at);
    Request request_for(const Command& command) const;
    std::chrono::milliseconds length_of(const Command& command) const;

    // Polling (bus_polls.cpp)
    RelayState look(std::size_t lock);
    bool read_outputs(std::size_t unit, unsigned& outputs);
    void apply_outputs(std::size_t unit, unsigned outputs);
    void apply_output(std::size_t lock, bool on);
    void poll_inputs(std::size_t unit);
    void tell_inputs(std::size_t unit, std::optional<unsigned> levels);
    void poll_settings(std::size_t unit);
    void check_settings(std::size_t unit);
    enum class Held : std::uint8_t { yes, no, unknown };
    Held rule_held(std::size_t unit, const RegisterRule& rule);
    bool write_rule(std::size_t unit, const RegisterRule& rule);
    bool read_version(std::size_t unit);
    void accept_settings(std::size_t unit);
    void refuse_settings(std::size_t unit, const std::string& why);
    void tell_ready(std::size_t lock);

    // Lights and buzzers (bus_indicators.cpp)
    void order_indicator(const Order& order);
    void indicate(std::size_t index);
    void end_indicator(std::size_t index);
    void forget_indicators(std::size_t unit);
    void end_indicators();

    const BusSettings settings_;
    const LockListener listener_;
    BusQueue queue_;
    const std::unique_ptr<BusPort> port_;
    BusState state_;
    std::vector<LockInfo> locks_;
    std::vector<UnitInfo> units_;
    std::vector<std::unique_ptr<BusIndicator>> indicators_;
    std::unordered_map<std::uint64_t, Answer> answers_;
    std::uint64_t next_id_ = 1;
    int open_failures_ = 0;
    std::atomic<BootTime::rep> last_round_{0};
    std::thread thread_;
};

}  // namespace creneau::door
