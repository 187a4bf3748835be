"""A simulated board (relays, timers, registers, log) and its faults; modbus_board.py serves it."""
import asyncio
import json
import time

from pymodbus.pdu import ModbusExceptions

RELAYS = 8
PULSE_BASE = 0x0200
MODE_BASE = 0x1000
VERSION_REGISTER = 0x8000
WRITES = (5, 6, 15, 16)  # function codes


class Board:
    """The relays, their timers and registers, and the log of what they did."""

    def __init__(self, kind, log, watchdog_register, timer_relay=0):
        self.kind = kind
        self.timer_relay = timer_relay  # seconds after which a timer wired behind cuts the lock
        self.cuts = [None] * RELAYS
        self.log = log
        self.coils = [False] * RELAYS
        self.inputs = [False] * RELAYS
        self.stuck = [None] * RELAYS
        self.ends = [None] * RELAYS
        self.watchdog_register = 8 if kind == "wirenboard" else watchdog_register
        self.watchdog = None
        self.registers = {}
        if kind == "waveshare":
            self.registers = {MODE_BASE + i: 0 for i in range(RELAYS)}
            self.registers[VERSION_REGISTER] = 200
        if kind == "wirenboard":
            self.registers = {6: 1, 8: 0, **{9 + i: 0 for i in range(RELAYS)}}
        if kind == "watchdog":
            self.registers = {self.watchdog_register: 0}

    def note(self, **fields):
        if self.log:
            print(json.dumps({"t": time.monotonic(), **fields}), file=self.log, flush=True)

    def set_coil(self, coil, on, cause):
        if self.ends[coil]:
            self.ends[coil].cancel()
            self.ends[coil] = None
        if self.stuck[coil] is not None:
            on = self.stuck[coil]
        if on != self.coils[coil]:
            self.coils[coil] = on
            self.note(coil=coil, on=on, cause=cause)
            self.feed_timer_relay(coil, on)

    def feed_timer_relay(self, coil, on):
        """The lock behind a timer relay: fed with the coil, cut by the timer at the latest."""
        if not self.timer_relay:
            return
        if self.cuts[coil]:
            self.cuts[coil].cancel()
        self.note(lock=coil, on=on)
        self.cuts[coil] = asyncio.get_running_loop().call_later(
            self.timer_relay, lambda: self.note(lock=coil, on=False)) if on else None

    def pulse(self, coil, seconds):
        self.set_coil(coil, True, "pulse")
        loop = asyncio.get_running_loop()
        self.ends[coil] = loop.call_later(seconds, self.set_coil, coil, False, "pulse end")

    def set_stuck(self, coil, state):
        self.stuck[coil] = state
        if state is not None:
            self.set_coil(coil, state, "stuck")

    def heard(self):
        """A request came: the communication watchdog starts again."""
        if self.watchdog:
            self.watchdog.cancel()
            self.watchdog = None
        seconds = self.registers.get(self.watchdog_register, 0)
        if self.kind in ("watchdog", "wirenboard") and seconds:
            self.watchdog = asyncio.get_running_loop().call_later(seconds, self.starved)

    def starved(self):
        for coil in range(RELAYS):
            self.set_coil(coil, False, "watchdog")

    def write_coil(self, address, value):
        """FC05 as the board reads it; None when done, else an exception code."""
        if address < RELAYS and self.kind != "r421":
            if value not in (0x0000, 0xFF00):
                return ModbusExceptions.IllegalValue
            self.set_coil(address, value == 0xFF00, "write")
            return None
        if self.kind == "waveshare" and PULSE_BASE <= address < PULSE_BASE + RELAYS:
            if not 1 <= value <= 0x7FFF:
                return ModbusExceptions.IllegalValue
            self.pulse(address - PULSE_BASE, value * 0.1)
            return None
        return ModbusExceptions.IllegalAddress

    def r421_command(self, coil, value):
        command, argument = value >> 8, value & 0xFF
        if command == 1:
            self.set_coil(coil, True, "write")
        elif command == 2:
            self.set_coil(coil, False, "write")
        elif command == 6:
            self.pulse(coil, argument)

    def write_register(self, address, value):
        if self.kind == "r421":
            self.r421_command(address - 1, value)
        else:
            self.registers[address] = value

    def has_register(self, address):
        if self.kind == "r421":
            return 1 <= address <= RELAYS
        return address in self.registers

    def read_register(self, address):
        return int(self.coils[address - 1]) if self.kind == "r421" else self.registers[address]


class Faults:
    """What goes wrong with the next requests."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.kind, self.value, self.times, self.on = None, 0, 0, "any"

    def set(self, words):
        self.clear()
        self.times = -1
        self.kind = words[0]
        for word in words[1:]:
            if word.startswith("times="):
                self.times = int(word[6:])
            elif word.startswith("on="):
                self.on = word[3:]
            else:
                self.value = int(word, 0)
        if self.kind not in ("lost_request", "lost_reply", "late", "bad_crc", "exception",
                             "chatter"):
            raise ValueError(f"unknown fault {self.kind}")

    def take(self, function_code):
        """The fault for this request, or None; counts it."""
        if self.kind is None or self.times == 0:
            return None
        if self.on != "any" and (self.on == "write") != (function_code in WRITES):
            return None
        if self.times > 0:
            self.times -= 1
        return self.kind, self.value
