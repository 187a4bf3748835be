#include "door-agent/readers/pcsc_port.hpp"

#include "door-agent/readers/card_port.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <winscard.h>

namespace creneau::door {
namespace {

/// pcsc-lite keeps a count of comings and goings above the flags.
constexpr unsigned kChangesShift = 16;

CardSeen seen_in(DWORD state) {
    return {(state & SCARD_STATE_PRESENT) != 0, static_cast<std::uint16_t>(state >> kChangesShift)};
}

/// A card that is being spoken to; let go as it is.
class Connection {
  public:
    Connection(SCARDCONTEXT context, const std::string& reader) {
        open_ = SCardConnect(context, reader.c_str(), SCARD_SHARE_SHARED,
                             SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card_,
                             &protocol_) == SCARD_S_SUCCESS;
    }
    ~Connection() {
        if (open_) {
            SCardDisconnect(card_, SCARD_LEAVE_CARD);
        }
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    std::optional<std::vector<std::uint8_t>> ask(std::span<const std::uint8_t> command) const {
        std::array<std::uint8_t, MAX_BUFFER_SIZE> answer{};
        DWORD length = answer.size();
        const auto* form = protocol_ == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
        if (!open_ || SCardTransmit(card_, form, command.data(), command.size(), nullptr,
                                    answer.data(), &length) != SCARD_S_SUCCESS) {
            return std::nullopt;
        }
        return std::vector<std::uint8_t>(answer.begin(),
                                         answer.begin() + static_cast<std::ptrdiff_t>(length));
    }

  private:
    SCARDHANDLE card_ = 0;
    DWORD protocol_ = 0;
    bool open_ = false;
};

}  // namespace

struct PcscPort::Context {
    SCARDCONTEXT handle = 0;
    bool open = false;
    DWORD last = SCARD_STATE_UNAWARE;  ///< as the service said it, with what we do not ask about
    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { close(); }
    void close() {
        if (open) {
            SCardReleaseContext(handle);
            open = false;
        }
    }
};

PcscPort::PcscPort() : context_(std::make_unique<Context>()) {}

PcscPort::~PcscPort() = default;

/// The service may have been started anew since: each list is asked of a fresh context.
std::optional<std::vector<std::string>> PcscPort::readers(std::string& why) {
    context_->close();
    const LONG opened =
        SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_->handle);
    context_->open = opened == SCARD_S_SUCCESS;
    if (!context_->open) {
        why = std::string("pcscd: ") + pcsc_stringify_error(opened);
        return std::nullopt;
    }
    std::vector<std::string> names;
    DWORD length = 0;
    if (SCardListReaders(context_->handle, nullptr, nullptr, &length) != SCARD_S_SUCCESS) {
        return names;
    }
    std::vector<char> text(length + 1);
    if (SCardListReaders(context_->handle, nullptr, text.data(), &length) != SCARD_S_SUCCESS) {
        return names;
    }
    for (const char* name = text.data(); *name != '\0'; name += std::strlen(name) + 1) {
        names.emplace_back(name);
    }
    return names;
}

std::optional<CardSeen> PcscPort::look(const std::string& reader, std::optional<CardSeen> known,
                                       std::chrono::milliseconds limit) {
    SCARD_READERSTATE state{};
    state.szReader = reader.c_str();
    state.dwCurrentState = known ? context_->last : SCARD_STATE_UNAWARE;
    const LONG got = SCardGetStatusChange(context_->handle,
                                          known ? static_cast<DWORD>(limit.count()) : 0, &state, 1);
    if (got == SCARD_E_TIMEOUT && known) {
        return known;
    }
    constexpr DWORD kGone = SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE | SCARD_STATE_IGNORE;
    if (got != SCARD_S_SUCCESS || (state.dwEventState & kGone) != 0) {
        return std::nullopt;
    }
    context_->last = state.dwEventState & ~DWORD{SCARD_STATE_CHANGED};
    return seen_in(state.dwEventState);
}

std::optional<std::vector<std::uint8_t>> PcscPort::ask(const std::string& reader,
                                                       std::span<const std::uint8_t> command) {
    return Connection(context_->handle, reader).ask(command);
}

}  // namespace creneau::door
