-- wrk script: POST /v1/ask with the bearer tokens of a file in turn.
-- environment: TOKENS (file, one token a line), MESSAGES (file, one message a line, taken in turn too), METRICS (result)
local requests, turn = {}, 0

local function lines(name)
  local list = {}
  for line in io.lines(os.getenv(name)) do list[#list + 1] = line end
  return list
end

function init()
  local tokens, messages = lines("TOKENS"), lines("MESSAGES")
  for i = 1, math.max(#tokens, #messages) do
    requests[i] = wrk.format("POST", "/v1/ask",
      { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. tokens[(i - 1) % #tokens + 1] },
      '{"message":"' .. messages[(i - 1) % #messages + 1] .. '"}')
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local e = summary.errors
  local out = io.open(os.getenv("METRICS"), "w")
  out:write(string.format("ops=%d errors=%d secs=%.3f p50_us=%d p99_us=%d\n", summary.requests,
    e.connect + e.read + e.write + e.status + e.timeout, summary.duration / 1e6,
    latency:percentile(50), latency:percentile(99)))
  out:close()
end
