/** Shortcodes that apps and people use most. One that is not here is shown as it was written. */
const NAMES = `+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 pray 🙏 muscle 💪 raised_hands 🙌 point_right 👉
point_left 👈 point_up ☝️ point_down 👇 eyes 👀 see_no_evil 🙈 brain 🧠 bust_in_silhouette 👤 busts_in_silhouette 👥
smile 😄 smiley 😃 grin 😁 joy 😂 slightly_smiling_face 🙂 wink 😉 blush 😊 heart_eyes 😍 thinking_face 🤔 neutral_face 😐
sweat_smile 😅 sob 😭 cry 😢 scream 😱 sunglasses 😎 face_with_rolling_eyes 🙄 tired_face 😫 sleeping 😴 ghost 👻 robot_face 🤖
skull 💀 heart ❤️ broken_heart 💔 star ⭐ sparkles ✨ fire 🔥 boom 💥 zap ⚡ tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁
trophy 🏆 medal 🏅 100 💯 rocket 🚀 airplane ✈️ car 🚗 ship 🚢 construction 🚧 rotating_light 🚨 traffic_light 🚥 fuelpump ⛽
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ warning ⚠️ no_entry ⛔
no_entry_sign 🚫 octagonal_sign 🛑 stop_sign 🛑 question ❓ grey_question ❔ exclamation ❗ heavy_exclamation_mark ❗ grey_exclamation ❕
bangbang ‼️ interrobang ⁉️ information_source ℹ️ bulb 💡 bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 speech_balloon 💬
thought_balloon 💭 hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ alarm_clock ⏰ clock1 🕐 watch ⌚ calendar 📅 date 📅
spiral_calendar_pad 🗓️ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_forward ▶️ arrow_backward ◀️
arrows_counterclockwise 🔄 arrows_clockwise 🔃 repeat 🔁 leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ fast_forward ⏩
rewind ⏪ double_vertical_bar ⏸️ black_square_for_stop ⏹️ heavy_plus_sign ➕ heavy_minus_sign ➖ heavy_multiplication_x ✖️
gear ⚙️ wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ nut_and_bolt 🔩 link 🔗 chains ⛓️ paperclip 📎 pushpin 📌 round_pushpin 📍
scissors ✂️ lock 🔒 unlock 🔓 closed_lock_with_key 🔐 key 🔑 shield 🛡️ mag 🔍 mag_right 🔎 microscope 🔬 telescope 🔭
floppy_disk 💾 cd 💿 dvd 📀 minidisc 💽 card_file_box 🗃️ file_cabinet 🗄️ wastebasket 🗑️ package 📦 inbox_tray 📥 outbox_tray 📤
file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 page_facing_up 📄
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 book 📖 books 📚 bookmark 🔖 label 🏷️ newspaper 📰
email ✉️ envelope ✉️ incoming_envelope 📨 email_inbox 📥 mailbox 📫 telephone ☎️ iphone 📱 computer 💻 desktop_computer 🖥️
keyboard ⌨️ printer 🖨️ battery 🔋 electric_plug 🔌 satellite 📡 cloud ☁️ partly_sunny ⛅ sunny ☀️ umbrella ☔ snowflake ❄️
rainbow 🌈 ocean 🌊 droplet 💧 earth_americas 🌎 earth_africa 🌍 globe_with_meridians 🌐 crescent_moon 🌙 full_moon 🌕
seedling 🌱 evergreen_tree 🌲 four_leaf_clover 🍀 coffee ☕ tea 🍵 pizza 🍕 cake 🍰 beer 🍺 bug 🐛 snail 🐌 turtle 🐢 dog 🐶
cat 🐱 monkey_face 🐵 unicorn_face 🦄 whale 🐳 octopus 🐙 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡
large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_red_square 🟥
large_green_square 🟩 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛ small_red_triangle 🔺
small_red_triangle_down 🔻 small_blue_diamond 🔹 small_orange_diamond 🔸 checkered_flag 🏁 triangular_flag_on_post 🚩
waving_white_flag 🏳️ house 🏠 office 🏢 factory 🏭 bank 🏦 hospital 🏥 moneybag 💰 dollar 💵 euro 💶 credit_card 💳
zzz 💤 recycle ♻️ id 🆔 new 🆕 free 🆓 up 🆙 cool 🆒 ok 🆗 sos 🆘 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣
eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟 hash #️⃣`;

const parts = NAMES.split(/\s+/);
const emojis = new Map<string, string>();
for (let at = 0; at + 1 < parts.length; at += 2) emojis.set(parts[at] ?? '', parts[at + 1] ?? '');

/** The character for a shortcode, without its colons. */
export function emojiOf(name: string): string | undefined {
  return emojis.get(name);
}

/** A plain text with its shortcodes replaced. */
export function withEmoji(source: string): string {
  return source.replace(/:([a-z0-9_+'-]+):/g, (whole, name: string) => emojiOf(name) ?? whole);
}
