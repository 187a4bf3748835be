#!/usr/bin/python3
"""A simulated Modbus relay board, served by python3-pymodbus over TCP or RTU on a pty.

Kinds:
  waveshare   coils 0-7; FC05 at 0x0200+ch with value n energises for n x 100 ms by the board's own
              timer; control modes in holding registers 0x1000-7; version in 0x8000; inputs 0-7
  generic     coils 0-7 and inputs only
  watchdog    generic plus a holding register (--watchdog-register) with a time in seconds: without
              a request for that long, every coil drops; 0 turns it off
  wirenboard  watchdog at register 8, power-on mode in register 6, input modes in 9-16
  r421        eletechsup R421A08: FC06 on registers 1-8 with 0x01xx on, 0x02xx off, 0x06nn pulse of
              nn seconds; FC03 on the same registers reads 1 or 0

Each coil change is one JSON line in --log: {"t": CLOCK_MONOTONIC seconds, "coil", "on", "cause"}.
A Unix socket (--control) takes one command a line and answers one JSON line:
  fault KIND [VALUE] [times=N] [on=read|write|any]   KIND: lost_request, lost_reply, late MS,
                                                     bad_crc, exception CODE, chatter BYTES
  clear | stuck COIL on|off|free | coil COIL 0|1 | register ADDRESS VALUE | input N 0|1
  noise BYTES | cut | restore | state | quit
`coil` and `register` are writes by somebody else; `cut` pulls the cable, `restore` plugs it in.
"""
import argparse
import asyncio
import json
import logging
import os
import signal
import struct
import sys
import time
import tty

from pymodbus.bit_write_message import WriteSingleCoilRequest
from pymodbus.datastore import ModbusServerContext
from pymodbus.interfaces import IModbusSlaveContext
from pymodbus.pdu import ModbusExceptions, ModbusResponse
from pymodbus.register_write_message import (
    WriteSingleRegisterRequest,
    WriteSingleRegisterResponse,
)
from pymodbus.server.async_io import (
    ModbusConnectedRequestHandler,
    ModbusSerialServer,
    ModbusSingleRequestHandler,
    ModbusTcpServer,
)

from relay_board import RELAYS, Board, Faults


class Context(IModbusSlaveContext):
    """What pymodbus reads and writes."""

    def __init__(self, board):
        self.board = board

    def validate(self, fc_as_hex, address, count=1):
        if fc_as_hex in (1, 2, 5, 15):
            return self.board.kind != "r421" and address + count <= RELAYS
        return all(self.board.has_register(a) for a in range(address, address + count))

    def getValues(self, fc_as_hex, address, count=1):  # noqa: N802 (the library's name)
        if fc_as_hex in (1, 5, 15):
            return self.board.coils[address:address + count]
        if fc_as_hex == 2:
            return self.board.inputs[address:address + count]
        return [self.board.read_register(a) for a in range(address, address + count)]

    def setValues(self, fc_as_hex, address, values):  # noqa: N802
        for offset, value in enumerate(values):
            if fc_as_hex == 15:
                self.board.set_coil(address + offset, bool(value), "write")
            else:
                self.board.write_register(address + offset, value)
        self.board.heard()


class RawCoilReply(ModbusResponse):
    function_code = 5
    _rtu_frame_size = 8

    def __init__(self, address, value, **kwargs):
        super().__init__(**kwargs)
        self.address, self.value = address, value

    def encode(self):
        return struct.pack(">HH", self.address, self.value)


class RawCoilRequest(WriteSingleCoilRequest):
    """FC05 with the value as sent: the library's own class knows only on and off."""

    def decode(self, data):
        self.address, self.raw = struct.unpack(">HH", data)

    def execute(self, context):
        refusal = context.board.write_coil(self.address, self.raw)
        return self.doException(refusal) if refusal else RawCoilReply(self.address, self.raw)


class EchoRegisterRequest(WriteSingleRegisterRequest):
    """FC06 answered with the command sent, where a register reads something else than it takes."""

    def execute(self, context):
        if not context.validate(self.function_code, self.address, 1):
            return self.doException(ModbusExceptions.IllegalAddress)
        context.setValues(self.function_code, self.address, [self.value])
        return WriteSingleRegisterResponse(self.address, self.value)


class FaultyHandler:
    """Mixed into the library's handlers: spoils requests and replies as told."""

    rtu = False

    def execute(self, request, *addr):
        simulator = self.server.simulator
        if simulator.is_cut:
            return
        simulator.board.heard()
        self.fault = simulator.faults.take(request.function_code)
        kind = self.fault[0] if self.fault else None
        if kind:
            simulator.board.note(fault=kind, function=request.function_code)
        if kind == "lost_request":
            return
        if kind == "exception":
            response = request.doException(self.fault[1])
            response.transaction_id = request.transaction_id
            response.unit_id = request.unit_id
            self.send(response, *addr)
            return
        super().execute(request, *addr)

    def _send_(self, data):
        kind, value = self.fault or (None, 0)
        self.fault = None
        delay = self.server.simulator.wire_delay(len(data)) if self.rtu else 0.0
        if kind == "lost_reply":
            return
        if kind == "late":
            delay += value / 1000
        if kind == "bad_crc":
            data = self.spoiled(data)
        if kind == "chatter":
            data = data + os.urandom(value or 16)
        if delay:
            asyncio.get_running_loop().call_later(delay, self.write_raw, data)
        else:
            self.write_raw(data)

    def write_raw(self, data):
        if self.running and not self.server.simulator.is_cut:
            self.transport.write(data)

    def spoiled(self, data):
        """A damaged frame: the checksum on RTU; on TCP, which has none, the protocol number."""
        at = len(data) - 1 if self.rtu else 3
        return data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1:]


class TcpHandler(FaultyHandler, ModbusConnectedRequestHandler):
    fault = None


class RtuHandler(FaultyHandler, ModbusSingleRequestHandler):
    fault = None
    rtu = True


class PtyTransport:
    """The master end of a pty as the transport of a serial handler."""

    def __init__(self, master, protocol):
        self.master = master
        self.protocol = protocol
        asyncio.get_running_loop().add_reader(master, self.ready)
        protocol.connection_made(self)

    def get_extra_info(self, _name):
        return None

    def ready(self):
        try:
            data = os.read(self.master, 512)
        except OSError:
            return
        self.protocol.data_received(data)

    def write(self, data):
        os.write(self.master, data)

    def close(self):
        asyncio.get_running_loop().remove_reader(self.master)
        os.close(self.master)


class Simulator:
    """One board on one line, and the control socket."""

    def __init__(self, options, board):
        self.options = options
        self.board = board
        self.faults = Faults()
        self.is_cut = False
        self.server = None
        self.serving = None
        self.port = options.tcp
        self.pty = None
        self.stopped = asyncio.Event()
        self.context = ModbusServerContext(slaves={options.unit: Context(board)}, single=False)

    def wire_delay(self, reply_bytes):
        """Time that request (8 bytes) and reply would take on a real line of that speed."""
        baud = self.options.wire_baud
        return (8 + reply_bytes) * 11 / baud if baud else 0.0

    def take_raw_requests(self):
        self.server.decoder.register(RawCoilRequest)
        if self.board.kind == "r421":
            self.server.decoder.register(EchoRegisterRequest)

    async def open_tcp(self):
        self.server = ModbusTcpServer(
            self.context, address=("127.0.0.1", self.port), handler=TcpHandler,
            allow_reuse_address=True, ignore_missing_slaves=True)
        self.server.simulator = self
        self.take_raw_requests()
        self.serving = asyncio.create_task(self.server.serve_forever())
        await self.server.serving
        self.port = self.server.server.sockets[0].getsockname()[1]

    def open_pty(self):
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        self.server = ModbusSerialServer(self.context, handler=RtuHandler,
                                         ignore_missing_slaves=True)
        self.server.simulator = self
        self.take_raw_requests()
        self.pty = (PtyTransport(master, RtuHandler(self.server)), slave)
        if os.path.lexists(self.options.rtu):
            os.unlink(self.options.rtu)
        os.symlink(os.ttyname(slave), self.options.rtu)

    async def open(self):
        if self.options.rtu:
            self.open_pty()
        else:
            await self.open_tcp()

    async def close(self):
        if self.options.rtu:
            transport, slave = self.pty
            transport.protocol.running = False
            transport.protocol.handler_task.cancel()
            transport.close()
            os.close(slave)
            os.unlink(self.options.rtu)
        else:
            for handler in list(self.server.active_connections.values()):
                handler.transport.abort()
            self.serving.cancel()
            await self.server.server_close()

    async def cut(self):
        if not self.is_cut:
            self.is_cut = True
            await self.close()

    async def restore(self):
        if self.is_cut:
            self.is_cut = False
            await self.open()

    def noise(self, count):
        data = os.urandom(count)
        if self.options.rtu:
            self.pty[0].write(data)
        else:
            for handler in self.server.active_connections.values():
                handler.transport.write(data)

    async def obey(self, words):
        verb = words[0]
        if verb == "fault":
            self.faults.set(words[1:])
        elif verb == "clear":
            self.faults.clear()
        elif verb == "stuck":
            state = {"on": True, "off": False, "free": None}[words[2]]
            self.board.set_stuck(int(words[1]), state)
        elif verb == "coil":
            self.board.set_coil(int(words[1]), words[2] == "1", "foreign")
        elif verb == "register":
            self.board.registers[int(words[1], 0)] = int(words[2], 0)
            self.board.note(register=int(words[1], 0), value=int(words[2], 0))
        elif verb == "input":
            self.board.inputs[int(words[1])] = words[2] == "1"
        elif verb == "noise":
            self.noise(int(words[1]))
        elif verb == "cut":
            await self.cut()
        elif verb == "restore":
            await self.restore()
        elif verb == "quit":
            self.stopped.set()
        elif verb != "state":
            raise ValueError(f"unknown command {verb}")
        return {"ok": True, "t": time.monotonic(), "coils": self.board.coils,
                "registers": {str(k): v for k, v in self.board.registers.items()},
                "fault_left": self.faults.times}

    async def control(self, reader, writer):
        while line := await reader.readline():
            try:
                answer = await self.obey(line.decode().split())
            except (ValueError, IndexError, KeyError) as error:
                answer = {"ok": False, "error": str(error)}
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        writer.close()


async def run(options):
    log = open(options.log, "a", encoding="utf-8") if options.log else None
    board = Board(options.kind, log, options.watchdog_register, options.timer_relay)
    simulator = Simulator(options, board)
    for words in options.fault:
        simulator.faults.set(words.split())
    await simulator.open()
    if options.control:
        await asyncio.start_unix_server(simulator.control, options.control)
    where = {"pid": os.getpid(), "port": None if options.rtu else simulator.port,
             "tty": options.rtu, "control": options.control, "kind": options.kind}
    print(f"board on {options.rtu or f'127.0.0.1:{simulator.port}'}", flush=True)
    if options.ready_file:
        with open(options.ready_file + ".new", "w", encoding="utf-8") as out:
            json.dump(where, out)
        os.rename(options.ready_file + ".new", options.ready_file)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, simulator.stopped.set)
    await simulator.stopped.wait()
    if not simulator.is_cut:
        await simulator.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    line = parser.add_mutually_exclusive_group(required=True)
    line.add_argument("--tcp", type=int, metavar="PORT", help="0: any free port")
    line.add_argument("--rtu", metavar="LINK", help="path for the pty the master opens")
    parser.add_argument("--kind", default="waveshare",
                        choices=["waveshare", "generic", "watchdog", "wirenboard", "r421"])
    parser.add_argument("--unit", type=int, default=1)
    parser.add_argument("--watchdog-register", type=lambda x: int(x, 0), default=0x10)
    parser.add_argument("--timer-relay", type=float, default=0, metavar="SECONDS",
                        help="a hardware timer behind each relay cuts its lock after this long")
    parser.add_argument("--wire-baud", type=int, default=0,
                        help="RTU: delay replies as a line of this speed would")
    parser.add_argument("--log", metavar="FILE")
    parser.add_argument("--ready-file", metavar="FILE")
    parser.add_argument("--control", metavar="SOCKET")
    parser.add_argument("--fault", action="append", default=[], metavar="'KIND [VALUE] ...'")
    logging.disable(logging.CRITICAL)  # the library reports each closed connection as an error
    asyncio.run(run(parser.parse_args()))
    sys.stdout.flush()
    os._exit(0)  # the library leaves handler tasks that swallow their cancellation


if __name__ == "__main__":
    main()
