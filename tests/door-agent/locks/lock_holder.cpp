// Holds or pulses a lock for a minute and waits to be killed: what ends the lease must be hardware.
#include "door-agent/locks/lock_bus.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

using namespace creneau::door;

// lock_holder PORT hold|pulse waveshare|watchdog
int main(int argc, char** argv) {
    if (argc != 4) {
        return 2;
    }
    BusSettings bus_settings;
    bus_settings.address = TcpAddress{"127.0.0.1", static_cast<std::uint16_t>(std::atoi(argv[1]))};
    LockSettings settings;
    settings.board = "waveshare-relay-8";
    if (std::string(argv[3]) == "watchdog") {
        settings.board = "generic-coil";
        settings.watchdog = WatchdogRegister{0x10, 1, std::chrono::seconds(1)};
    }
    LockBus bus(bus_settings, {});
    Lock* lock = bus.add_lock(settings).value();
    bus.start();
    const auto tell = [](LockResult result) {
        std::puts(result == LockResult::done ? "on" : "not on");
        std::fflush(stdout);
    };
    if (std::string(argv[2]) == "hold") {
        lock->hold(std::chrono::seconds(60), tell);
    } else {
        lock->pulse(std::chrono::seconds(2), boot_now(), tell);
    }
    std::this_thread::sleep_for(std::chrono::minutes(1));
}
