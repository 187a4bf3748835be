#include "door-agent/readers/frame_sink.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/readers/frame_assembler.hpp"
#include "door-agent/readers/reader.hpp"

namespace creneau::door {

void FrameSink::judge(FrameAssembler::Result result, BootTime now) {
    switch (result) {
        case FrameAssembler::Result::more:
            return;
        case FrameAssembler::Result::frame:
            return listener_.frame({key_, assembler_.take(), now});
        case FrameAssembler::Result::overlong:
            return notice(ReaderNotice::overlong, "a frame without an ending");
        case FrameAssembler::Result::timed_out:
            return notice(ReaderNotice::timed_out, "a frame did not end in time");
    }
}

void FrameSink::notice(ReaderNotice what, const std::string& detail) {
    listener_.notice(key_, what, detail);
}

const char* word_of(ReaderNotice notice) noexcept {
    switch (notice) {
        case ReaderNotice::lost:
            return "lost";
        case ReaderNotice::back:
            return "back";
        case ReaderNotice::overlong:
            return "overlong";
        case ReaderNotice::timed_out:
            return "timed_out";
        case ReaderNotice::spoiled:
            return "spoiled";
    }
    return "";
}

}  // namespace creneau::door
