-- Made with Headnotes
--
-- Headnotes in mpv. `headnotes watch --mpv` has put this file here; to take the keys away, delete it.
--
-- h      notes on, notes off
-- H      all notes of this passage, with the film at rest; again: the film goes on
-- n, N   the next note, the one before
-- Alt+h  the report, at this note
--
-- Other keys may be chosen in input.conf: `F2 script-binding headnotes/notes`, and so with passage,
-- next, previous, report. In script-opts/headnotes.conf, `auto=yes` brings the notes with every film;
-- `browser=firefox` names the program that opens the report.

local options = require("mp.options")
local utils = require("mp.utils")

local PROGRAM = { @PROGRAM@ }
local SCHEMA = @SCHEMA@
local KEYS = { notes = "h", passage = "H", next = "n", previous = "N", report = "Alt+h" }
local chosen = { auto = false, browser = @BROWSER@ }
options.read_options(chosen, "headnotes")

local film = nil -- what is known of the film that plays
local panel = nil -- what is shown over it: pages, and which of them
local folders = 0 -- how many this process has made
local overlay = mp.create_osd_overlay("ass-events")

-- ---------------------------------------------------------------- the program, and its files

local function say(text)
  mp.osd_message(text, 4)
end

local function join(...)
  local path = ""
  for _, part in ipairs({ ... }) do
    path = utils.join_path(path, part)
  end
  return path
end

local function make_folder_name()
  local home, cache = os.getenv("HOME"), os.getenv("XDG_CACHE_HOME")
  if not cache or cache == "" then
    cache = home and join(home, ".cache") or mp.command_native({ "expand-path", "~~home/cache" })
  end
  folders = folders + 1
  return join(cache, "headnotes", ("mpv-%d-%d"):format(utils.getpid(), folders))
end

local function find_file(folder, suffix)
  for _, name in ipairs(utils.readdir(folder, "files") or {}) do
    if name:sub(-#suffix) == suffix and name:sub(1, 1) ~= "." then
      return join(folder, name)
    end
  end
end

local function remove_folder(folder)
  for _, name in ipairs(utils.readdir(folder, "files") or {}) do
    os.remove(join(folder, name))
  end
  for _, name in ipairs(utils.readdir(folder, "dirs") or {}) do
    remove_folder(join(folder, name))
  end
  os.remove(folder)
end

local function last_line(text)
  return (text or ""):match("([^\n]*)\n*$")
end

-- No shell ever sees a name: arguments go to the program as they are, the file after all options.
local function run(arguments, source, go_on)
  local words = {}
  for _, list in ipairs({ PROGRAM, arguments, source.options, { "--", source.file } }) do
    for _, word in ipairs(list) do
      table.insert(words, word)
    end
  end
  local asked = film
  mp.command_native_async({
    name = "subprocess",
    args = words,
    capture_stdout = true,
    capture_stderr = true,
  }, function(_, result)
    if film ~= asked or (result and result.killed_by_us) then
      return -- another film plays
    end
    local status = result and result.status or -1
    go_on(status, last_line(result and result.stderr))
  end)
end

-- ---------------------------------------------------------------- the track

local function absolute(path)
  return utils.join_path(mp.get_property("working-directory", ""), path)
end

local function make_source(track)
  if track.external then
    return { file = absolute(track["external-filename"]), options = {} }
  end
  local stream = tostring(track["ff-index"])
  return { file = absolute(mp.get_property("path")), options = { "--stream", stream } }
end

-- What notes may be made from, files and streams of the film: the track that is shown, then the
-- others, those last that hold only what is foreign or on signs.
local function find_sources()
  local ranked = { {}, {}, {} }
  for _, track in ipairs(mp.get_property_native("track-list", {})) do
    if track.type == "sub" then
      local is_forced = track.forced or (track["external-filename"] or ""):lower():find("%.forced%.")
      local rank = track.selected and 1 or is_forced and 3 or 2
      table.insert(ranked[rank], make_source(track))
    end
  end
  local sources = {}
  for _, list in ipairs(ranked) do
    for _, source in ipairs(list) do
      table.insert(sources, source)
    end
  end
  return sources
end

local function read_sheet(path)
  local file = path and io.open(path, "rb")
  if not file then
    return nil
  end
  local sheet = utils.parse_json(file:read("*a"))
  file:close()
  return sheet
end

local function forget()
  if film then
    remove_folder(film.folder)
    film = nil
  end
end

local function show_notes(is_shown)
  local sheet = film.sheet
  if is_shown then
    film.before = mp.get_property("sid")
    mp.commandv("sub-add", film.track, "select", "Headnotes")
    film.sid = mp.get_property("sid")
    say(sheet.words.on:gsub("{count}", #sheet.notes))
  else
    mp.commandv("sub-remove", film.sid)
    mp.set_property("sid", film.before)
    film.sid = nil
    say(sheet.words.off)
  end
end

-- Let the program read one track after the other until one gives notes.
local function read_sources(sources, act)
  film.source = table.remove(sources, 1)
  local words = { "annotate", "--for", "mpv", "--profile", "notes-mpv", "-o", film.folder }
  run(words, film.source, function(_, problem)
    film.track = find_file(film.folder, ".ass")
    film.sheet = read_sheet(find_file(film.folder, ".json"))
    -- what is wrong with the first, which was shown, is said where none gives notes
    film.problem = film.problem or (problem ~= "" and problem)
    local is_made = film.track and film.sheet
    if not is_made and #sources > 0 then
      remove_folder(film.folder) -- of two files one may be there
      return read_sources(sources, act)
    elseif not is_made then
      say(film.problem or "Headnotes: cannot be run; install it anew: headnotes watch --mpv")
      return forget()
    elseif film.sheet.schema ~= SCHEMA then
      say("Headnotes: this script is of another version; renew it: headnotes watch --mpv")
      return forget()
    end
    show_notes(true)
    act()
  end)
end

-- Ask the program for the notes of this film, unless they are here, and then do something.
local function with_notes(act)
  if film then
    if film.sheet then
      act()
    end
    return -- else the program is still at it
  end
  local sources = find_sources()
  if #sources == 0 then
    return say("Headnotes: no subtitles to read")
  end
  film = { folder = make_folder_name() }
  say("Headnotes …")
  read_sources(sources, act)
end

-- ---------------------------------------------------------------- when, and which notes

-- Times of the film and of its subtitles differ by what the viewer has set.
local function now()
  local delay, speed = mp.get_property_number("sub-delay", 0), mp.get_property_number("sub-speed", 1)
  return (mp.get_property_number("time-pos", 0) - delay) / speed * 1000
end

local function seek(time)
  local delay, speed = mp.get_property_number("sub-delay", 0), mp.get_property_number("sub-speed", 1)
  mp.commandv("seek", time / 1000 * speed + delay, "absolute+exact")
end

-- The notes of this passage that have come; where it has none, the last that came.
local function find_notes()
  local time, here, last = now(), {}, nil
  for _, note in ipairs(film.sheet.notes) do
    if note.moment <= time then
      last = note
      if note.passage[1] <= time and time < note.passage[2] then
        table.insert(here, note)
      end
    end
  end
  return #here > 0 and here or { last }
end

-- ---------------------------------------------------------------- the panel

local HIGH, WIDE = 720, 960 -- at least so much room, whatever the shape of the window

local function draw()
  if not panel then
    return
  end
  local size = mp.get_property_native("osd-dimensions") or {}
  local aspect = size.aspect and size.aspect > 0 and size.aspect or 16 / 9
  local high = math.max(HIGH, WIDE / aspect)
  local wide = high * aspect
  local page, words = panel.pages[panel.at], film.sheet.words
  local foot = {
    (words.page:gsub("{number}", panel.at):gsub("{count}", #panel.pages)),
    (words.close:gsub("{key}", KEYS.passage)),
    (words.report:gsub("{key}", KEYS.report)),
  }
  if #panel.pages > 1 then
    table.insert(foot, 2, words.turn)
  end
  local box = ("{\\an7\\pos(0,0)\\bord0\\shad0\\1c&H000000&\\1a&H04&\\p1}m 0 0 l %d 0 %d %d 0 %d{\\p0}")
  local text = "{\\an7\\pos(%d,%d)\\q2\\bord0\\shad0\\1c&HFFFFFF&\\fs%d}%s"
  local left = (wide - 800) / 2
  overlay.res_x, overlay.res_y = wide, high
  panel.drawn = panel.drawn + 1
  overlay.data = table.concat({
    box:format(wide, wide, high, high),
    text:format(left, 36, 34, page.text),
    text:format(left, high - 56, 26, table.concat(foot, "   ·   ")),
    panel.drawn % 2 == 0 and "" or nil, -- what stays the same is not drawn anew
  }, "\n")
  overlay:update()
end

-- mpv forgets what changes over a frame that is still on its way to the screen when the film comes
-- to rest: that frame is shown as it was, and none follows. So the panel is drawn until it goes.
local redrawing = mp.add_periodic_timer(0.5, draw)
redrawing:kill()

local function turn(by)
  panel.at = math.max(1, math.min(#panel.pages, panel.at + by))
  draw()
end

local function close()
  if not panel then
    return
  end
  local was_playing = panel.was_playing
  panel = nil
  overlay:remove()
  for _, name in ipairs({ "up", "down", "close" }) do
    mp.remove_key_binding("headnotes-" .. name)
  end
  mp.unobserve_property(draw)
  redrawing:kill()
  if was_playing then
    mp.set_property_bool("pause", false)
  end
end

local function open()
  local pages = {}
  for _, note in ipairs(find_notes()) do
    for _, text in ipairs(note.pages) do
      table.insert(pages, { text = text, note = note })
    end
  end
  if #pages == 0 then
    return say(film.sheet.words.none)
  end
  panel = { pages = pages, at = 1, drawn = 0, was_playing = not mp.get_property_bool("pause") }
  mp.set_property_bool("pause", true)
  mp.osd_message("")
  mp.add_forced_key_binding("UP", "headnotes-up", function() turn(-1) end)
  mp.add_forced_key_binding("DOWN", "headnotes-down", function() turn(1) end)
  mp.add_forced_key_binding("ESC", "headnotes-close", close)
  mp.observe_property("osd-dimensions", "native", draw)
  redrawing:resume()
end

local function step(direction)
  close()
  local time, target = now(), nil
  for _, note in ipairs(film.sheet.notes) do
    if direction > 0 and note.moment > time + 50 then
      target = note
      break
    elseif direction < 0 and note.moment < time - 1500 then
      target = note
    end
  end
  if not target then
    return say(film.sheet.words.no_more)
  end
  seek(target.moment)
  say(target.line)
end

-- ---------------------------------------------------------------- the report

local function encode(text)
  return (text:gsub("[^%w%-._~/]", function(byte)
    return ("%%%02X"):format(byte:byte())
  end))
end

-- What opens files drops all after `#`; so it gets a page that leads on to the note.
local function open_report(note)
  local page = find_file(join(film.folder, "report"), ".html")
  local target = "report/" .. encode(page:match("[^/]*$")) .. (note and "#" .. encode(note.id) or "")
  local path = join(film.folder, "open.html")
  local file = io.open(path, "wb")
  if not file then
    return say("Headnotes: cannot write " .. path)
  end
  file:write('<!doctype html><meta charset="utf-8"><title>Headnotes</title>')
  file:write('<meta http-equiv="refresh" content="0; url=' .. target .. '">')
  file:close()
  mp.command_native_async({
    name = "subprocess",
    args = { chosen.browser, path },
    detach = true,
    playback_only = false,
  }, function() end)
end

local function report()
  local note = panel and panel.pages[panel.at].note or find_notes()[1]
  local folder = join(film.folder, "report")
  if find_file(folder, ".html") then
    return open_report(note)
  end
  run({ "report", "--format", "html", "-o", folder }, film.source, function(status, problem)
    if find_file(folder, ".html") then
      open_report(note)
    else
      say(problem ~= "" and problem or ("Headnotes: no report, exit status %d"):format(status))
    end
  end)
end

-- ---------------------------------------------------------------- keys and films

local function bind(name, act)
  mp.add_key_binding(KEYS[name], name, act)
end

bind("notes", function()
  if film and film.sheet then
    show_notes(not film.sid)
  else
    with_notes(function() end)
  end
end)
bind("passage", function()
  if panel then
    close()
  else
    with_notes(open)
  end
end)
bind("next", function() with_notes(function() step(1) end) end)
bind("previous", function() with_notes(function() step(-1) end) end)
bind("report", function() with_notes(report) end)

-- A viewer who lets the film go on by mpv's own key has read enough.
mp.observe_property("pause", "bool", function(_, is_paused)
  if panel and not is_paused then
    close()
  end
end)
mp.register_event("file-loaded", function()
  if chosen.auto and #find_sources() > 0 then
    with_notes(function() end)
  end
end)
mp.register_event("end-file", function()
  close()
  forget()
end)
mp.register_event("shutdown", forget)
