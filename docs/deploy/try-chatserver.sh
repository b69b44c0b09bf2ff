#!/bin/sh
# Asks a load balancer for a chat server, and does there by curl everything that can be asked of either.
# The chat server is stopped at the end. Says what it did not expect, and then ends with 1.
#
#   BALANCER=http://localhost:8100 BALANCER_KEY=… KEY=… ADMIN=http://localhost:8090 ADMIN_KEY=… sh try-chatserver.sh
#
# BALANCER_KEY is the balancer's KEY, the other two keys are the chat server's; VERSION is 1.0.0 unless it is set.
# ADMIN is the admin listener of the server that the balancer names, so either there is one server, or set SERVER too.
set -u
VERSION=${VERSION:-1.0.0}
failures=0

# expect STATUS PATTERN CURL-ARGUMENTS…: the answer has this status, and the pattern (of grep) is in its body.
expect() {
    status=$1
    pattern=$2
    shift 2
    answer=$(curl --silent --show-error --max-time 20 --write-out '\n%{http_code}' "$@")
    body=$(printf '%s\n' "$answer" | sed '$d')
    got=$(printf '%s\n' "$answer" | sed -n '$p')
    if [ "$got" != "$status" ] || ! printf '%s\n' "$body" | grep -q -- "$pattern"; then
        echo "curl $*: expected $status and $pattern, but got $got: $body" >&2
        failures=$((failures + 1))
    fi
}

# Where can a room be created?
expect 200 '{"status":"ok","message":"http' "$BALANCER/find/$VERSION"
SERVER=${SERVER:-$(printf '%s' "$body" | sed 's/.*"message":"\([^"]*\)".*/\1/')}
expect 200 '"status":"ok"' "$BALANCER/"
expect 200 "\"url\":\"$SERVER\"" "$BALANCER/info/json"
expect 404 '"status":"error"' "$BALANCER/find/no-such-version"

# What is there?
expect 200 '{"data":{"app":"chatserver","version":"' "$SERVER/api/v1/"
expect 200 '{"data":{"app":"Admin chatserver","version":"' -H "X-API-Key: $ADMIN_KEY" "$ADMIN/api/v1/"

# A room, its port, and the same room again.
expect 200 '"message":"Room created"' -X POST -H "X-API-Key: $KEY" "$SERVER/api/v1/room/lobby"
port=$(printf '%s' "$body" | sed 's/.*"port":\([0-9]*\).*/\1/')
expect 200 "\"port\":$port,\"message\":\"lobby already exists\"" -X POST -H "X-API-Key: $KEY" "$SERVER/api/v1/room/lobby"
expect 200 '^lobby$' "${SERVER%:*}:$port/"

# Nothing happens without the key.
expect 401 '"code":"UNAUTHENTICATED"' -X POST "$SERVER/api/v1/room/other"
expect 401 '"code":"UNAUTHENTICATED"' -X POST -H 'X-API-Key: wrong' "$SERVER/api/v1/room/other"
expect 401 '"code":"UNAUTHENTICATED"' "$ADMIN/api/v1/load"
expect 401 '"code":"UNAUTHENTICATED"' -X DELETE "$ADMIN/api/v1/room/lobby/shutdown"
expect 401 '"code":"UNAUTHENTICATED"' -X DELETE "$ADMIN/api/v1/shutdown"
expect 401 '"code":"UNAUTHENTICATED"' -X PUT "$BALANCER/register/nobody%3A80/2/0/$VERSION"
expect 401 '"code":"UNAUTHENTICATED"' -X DELETE "$BALANCER/register/nobody%3A80"

# What operators see and do.
expect 200 '"acceptingConnections":true' -H "X-API-Key: $ADMIN_KEY" "$ADMIN/api/v1/load"
expect 200 '"name":"lobby"' -H "X-API-Key: $ADMIN_KEY" "$ADMIN/api/v1/rooms"
expect 200 '"rooms":' -X POST -H "X-API-Key: $ADMIN_KEY" -H 'Content-Type: application/json' \
    -d '{"text":"We restart at noon."}' "$ADMIN/api/v1/message"
expect 200 '"rooms":1' -X POST -H "X-API-Key: $ADMIN_KEY" -H 'Content-Type: application/json' \
    -d '{"text":"This room closes."}' "$ADMIN/api/v1/room/lobby/message"
expect 202 'Shutting down' -X DELETE -H "X-API-Key: $ADMIN_KEY" "$ADMIN/api/v1/room/lobby/shutdown"
expect 404 '"code":"ROOM_NOT_FOUND"' -X DELETE -H "X-API-Key: $ADMIN_KEY" "$ADMIN/api/v1/room/no-such-room/shutdown"

# What chat servers tell the balancer, every 10 s and when they end.
expect 200 '"status":"ok"' -X PUT -H "X-API-Key: $BALANCER_KEY" \
    "$BALANCER/register/chat.example%3A80/2/0/tried?capacity=51"
expect 200 '{"status":"ok","message":"http://chat.example:80"}' "$BALANCER/find/tried"
expect 200 '"status":"ok"' -X DELETE -H "X-API-Key: $BALANCER_KEY" "$BALANCER/register/chat.example%3A80"
expect 404 '"status":"error"' "$BALANCER/find/tried"

# The end: an answer first, then a graceful stop.
expect 202 'Shutting down' -X DELETE -H "X-API-Key: $ADMIN_KEY" "$ADMIN/api/v1/shutdown"

[ "$failures" -eq 0 ] && echo "Everything was answered as expected."
exit $((failures > 0))
