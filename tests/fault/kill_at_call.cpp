// Kills a running program (SIGKILL) as one of its threads is about to make its N-th system call
// from now on, whatever call and thread that is.
//
//   kill_at_call PID N all|changes
//
// changes: only calls that change something outside the program count (files, sockets). What is
// there after a kill can differ at those alone. Says "watching" once it counts, "kills CALL" before
// it kills; ends then, or when the program ends. Whoever ends it earlier lets the program go on,
// unless it had said that it kills.

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

const std::set<std::uint64_t> kChanges{
    SYS_write,    SYS_pwrite64,  SYS_writev,    SYS_pwritev,  SYS_sendto,    SYS_sendmsg,
    SYS_fsync,    SYS_fdatasync, SYS_rename,    SYS_renameat, SYS_renameat2, SYS_unlink,
    SYS_unlinkat, SYS_ftruncate, SYS_fallocate, SYS_openat,   SYS_connect,   SYS_link,
    SYS_linkat,   SYS_mkdir,     SYS_shutdown};

struct Order {
    pid_t pid = 0;
    std::uint64_t number = 0;
    bool is_every_call = false;
};

Order read_order(char** words) {
    const std::string which = words[3];
    if (which != "all" && which != "changes") {
        throw std::runtime_error("which calls? all or changes");
    }
    return {static_cast<pid_t>(std::stol(words[1])), std::stoull(words[2]), which == "all"};
}

void demand(long result, const char* what) {
    if (result < 0) {
        throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
    }
}

/// Every thread there is; those that come are followed by themselves.
void seize_all(pid_t pid) {
    constexpr long kOptions = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE;
    const auto tasks = "/proc/" + std::to_string(pid) + "/task";
    std::set<pid_t> seized;
    for (bool is_more = true; is_more;) {  // a thread may have come during the look before
        is_more = false;
        for (const auto& task : std::filesystem::directory_iterator(tasks)) {
            const auto thread = static_cast<pid_t>(std::stol(task.path().filename().string()));
            if (!seized.insert(thread).second) {
                continue;
            }
            if (ptrace(PTRACE_SEIZE, thread, nullptr, kOptions) == 0) {
                demand(ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr), "interrupt");
                is_more = true;
            } else if (errno != EPERM && errno != ESRCH) {  // EPERM: followed already
                demand(-1, "seize");
            }
        }
    }
    if (seized.empty()) {
        throw std::runtime_error("no such program");
    }
}

/// The call that a stopped thread is about to make; false at any other stop.
bool is_about_to_call(pid_t thread, std::uint64_t& call) {
    __ptrace_syscall_info info{};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0 ||
        info.op != PTRACE_SYSCALL_INFO_ENTRY) {
        return false;
    }
    call = info.entry.nr;
    return true;
}

/// The signal that a stop would deliver, 0 for a stop of the tracer's own.
long signal_of(int status) {
    const int signal = WSTOPSIG(status);
    const bool is_ours = signal == (SIGTRAP | 0x80) || (status >> 16) != 0;
    return is_ours ? 0 : signal;
}

int watch(const Order& order) {
    std::uint64_t counted = 0;
    while (true) {
        int status = 0;
        const pid_t thread = waitpid(-1, &status, __WALL);
        if (thread < 0) {
            return 3;  // every thread has ended
        }
        if (!WIFSTOPPED(status)) {
            continue;
        }
        std::uint64_t call = 0;
        if (WSTOPSIG(status) == (SIGTRAP | 0x80) && is_about_to_call(thread, call) &&
            (order.is_every_call || kChanges.contains(call)) && ++counted == order.number) {
            std::cout << "kills " << call << std::endl;
            demand(kill(order.pid, SIGKILL), "kill");
            return 0;
        }
        ptrace(PTRACE_SYSCALL, thread, nullptr, signal_of(status));  // it may be gone
    }
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 4) {
        std::cerr << "kill_at_call PID N all|changes\n";
        return 2;
    }
    const auto order = read_order(argv);
    seize_all(order.pid);
    std::cout << "watching" << std::endl;
    return watch(order);
} catch (const std::exception& problem) {
    std::cerr << "kill_at_call: " << problem.what() << "\n";
    return 2;
}
