#include "door-agent/readers/key_decoder.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/readers/frame_sink.hpp"
#include "door-agent/readers/key_codes.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <linux/input.h>

namespace creneau::door {
namespace {

constexpr int kPressed = 1;

void press(std::uint16_t code, BootTime now, FrameSink& sink) {
    const KeyMeaning meaning = meaning_of_key(code);
    if (meaning.ends) {
        sink.ending(now);
    } else if (meaning.digit) {
        sink.character(*meaning.digit, now);
    } else if (!is_modifier(code)) {
        sink.character('?', now);
    }
}

}  // namespace

void KeyDecoder::take(std::span<const char> bytes, BootTime now, FrameSink& sink) {
    partial_.insert(partial_.end(), bytes.begin(), bytes.end());
    std::size_t used = 0;
    for (; partial_.size() - used >= sizeof(input_event); used += sizeof(input_event)) {
        input_event event{};
        std::memcpy(&event, partial_.data() + used, sizeof(event));
        if (event.type == EV_SYN && event.code == SYN_DROPPED) {
            dropped_ = true;
        } else if (event.type == EV_KEY && event.value == kPressed && dropped_) {
            // Swallow to the ending of the damaged frame.
            if (meaning_of_key(event.code).ends) {
                dropped_ = false;
                sink.clear();
            }
        } else if (event.type == EV_KEY && event.value == kPressed) {
            press(event.code, now, sink);
        }
    }
    partial_.erase(partial_.begin(), partial_.begin() + static_cast<std::ptrdiff_t>(used));
}

}  // namespace creneau::door
