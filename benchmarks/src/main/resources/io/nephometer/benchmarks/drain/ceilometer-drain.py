#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Lets Ceilometer's notification agent, with default settings, drain a copy of a queue.

ceilometer-drain.py AMQP_URL QUEUE MESSAGES: moves the messages of QUEUE to notifications.info, where the agent listens,
starts the agent, and measures from its first message until it is idle. Samples go to a file and events to the notifier, as
the packaged pipeline does it; nothing is committed durably. Prints a JSON object.
"""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

import amqp

LIMIT_S = 900
IDLE_S = 2.0
QUEUE = "notifications.info"
TICKS = os.sysconf("SC_CLK_TCK")

METERS = """---
sources:
  - name: all
    meters: ["*"]
    sinks: [file]
sinks:
  - name: file
    publishers: ["file://%s/meters.json?json"]
"""
EVENTS = """---
sources:
  - name: all
    events: ["*"]
    sinks: [notifier]
sinks:
  - name: notifier
    publishers: ["notifier://"]
"""
SETTINGS = """[DEFAULT]
transport_url = %(transport)s
log_file = %(folder)s/agent.log
pipeline_cfg_file = %(folder)s/pipeline.yaml
event_pipeline_cfg_file = %(folder)s/event_pipeline.yaml
[oslo_messaging_notifications]
transport_url = %(transport)s
"""


def connect(url):
    parts = urllib.parse.urlsplit(url)
    connection = amqp.Connection(
        "%s:%d" % (parts.hostname, parts.port), userid=parts.username, password=parts.password,
        virtual_host=urllib.parse.unquote(parts.path[1:]) or "/")
    connection.connect()
    return connection


def waiting(channel):
    return channel.queue_declare(QUEUE, passive=True).message_count


def move(url, source, count):
    """Moves the messages, persistent as they are, into the agent's queue; answers how many wait there."""
    with connect(url) as connection:
        channel = connection.channel()
        channel.queue_declare(QUEUE, durable=False, auto_delete=False)
        channel.queue_purge(QUEUE)
        for _ in range(count):
            message = channel.basic_get(source, no_ack=True)
            channel.basic_publish(amqp.Message(message.body, **message.properties), exchange="", routing_key=QUEUE)
        for _ in range(50):
            if waiting(channel) == count:
                break
            time.sleep(0.1)
        return waiting(channel)


def tree(pid):
    found, todo = [], [pid]
    while todo:
        current = todo.pop()
        found.append(current)
        for children in glob.glob("/proc/%d/task/*/children" % current):
            try:
                with open(children) as lines:
                    todo += [int(child) for child in lines.read().split()]
            except OSError:
                continue
    return found


def usage(pids):
    """CPU seconds and peak resident MiB of the processes together."""
    cpu, peak = 0.0, 0.0
    for pid in pids:
        try:
            with open("/proc/%d/stat" % pid) as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            cpu += (int(fields[11]) + int(fields[12])) / TICKS
            with open("/proc/%d/status" % pid) as status:
                peak += sum(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
        except OSError:
            continue
    return cpu, peak


def drain(url, agent, count):
    """Follows the queue from full to empty, and then the agent until it does nothing more."""
    with connect(url) as connection:
        channel = connection.channel()
        deadline = time.monotonic() + LIMIT_S
        begin = end = None
        cpu_before = cpu = peak = 0.0
        while time.monotonic() < deadline and agent.poll() is None:
            left = waiting(channel)
            now = time.monotonic()
            last, (cpu, peak) = cpu, usage(tree(agent.pid))
            if begin is None:
                if left < count:
                    begin, cpu_before = now, last
            elif left > 0 or end is None or cpu - last > 0.02:
                end = now
            elif now - end > IDLE_S:
                return {"per_s": count / (end - begin), "cpu_s": cpu - cpu_before, "peak_rss_mib": peak}
            time.sleep(0.1)
    raise SystemExit("the agent did not drain %d messages in %d s" % (count, LIMIT_S))


def main():
    url, source, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    folder = tempfile.mkdtemp(prefix="ceilometer-drain-")
    try:
        moved = move(url, source, count)
        if moved != count:
            raise SystemExit("%d of %d messages reached %s" % (moved, count, QUEUE))
        values = {"transport": url.replace("amqp://", "rabbit://"), "folder": folder}
        for name, text in (
            ("pipeline.yaml", METERS % folder),
            ("event_pipeline.yaml", EVENTS),
            ("agent.conf", SETTINGS % values),
        ):
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        with open(os.path.join(folder, "output"), "w") as output:
            agent = subprocess.Popen(
                ["/usr/bin/ceilometer-agent-notification", "--config-file", os.path.join(folder, "agent.conf")],
                stdout=output, stderr=output, start_new_session=True, cwd=folder)
        try:
            print(json.dumps(drain(url, agent, count)))
        finally:
            pids = tree(agent.pid)
            agent.terminate()
            try:
                agent.wait(20)
            except subprocess.TimeoutExpired:
                for pid in pids:
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except OSError:
                        continue
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
