-- Load for wrk (https://github.com/wg/wrk): the samples as bodies of POST /v1/captions, in turn, and
-- the answers counted by status. From the project's folder, against a service without its cache:
--   ./caption4j serve --cache 0 --access-log off
--   wrk -t 1 -c 200 -d 60s --latency -s serve/src/test/load/captions.lua http://127.0.0.1:5000
local names = { "tennis", "skier", "train", "bear", "horses", "kite", "buses", "kitchen" }
local requests = {}
for i, name in ipairs(names) do
  local file = assert(io.open("samples/" .. name .. ".jpg", "rb"))
  requests[i] = wrk.format("POST", "/v1/captions", nil, file:read("*a"))
  file:close()
end

local turn = 0
request = function()
  turn = turn % #requests + 1
  return requests[turn]
end

local threads = {}
setup = function(thread) table.insert(threads, thread) end

counts = {}
response = function(status)
  counts[status] = (counts[status] or 0) + 1
end

done = function(summary)
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("counts")) do
      print(string.format("status %d: %d, %.1f a second", status, count, count / summary.duration * 1e6))
    end
  end
end
