-- Sends what is in the file of the first argument, one request or several to be pipelined, and prints exact totals.

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    local requests = file:read("*a")
    file:close()
    wrk.format = function() return requests end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        "totals duration=%d requests=%d bytes=%d connect=%d read=%d write=%d status=%d timeout=%d p50=%d p99=%d p99.9=%d\n",
        summary.duration, summary.requests, summary.bytes,
        errors.connect, errors.read, errors.write, errors.status, errors.timeout,
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
