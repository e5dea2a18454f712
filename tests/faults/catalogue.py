"""Every fault that Roomtone has to survive, and the test that breaks it on purpose.

A row without a test says why it has none. `scripts/bench faults` prints the whole as a table.
"""

from __future__ import annotations

from typing import NamedTuple

AUDIO = range(1, 17)
"""Rows in which the room is deaf until they are healed."""


class Row(NamedTuple):
    """One fault. `tests` are `path::function`, the path in `tests/`."""

    number: int
    fault: str
    tests: tuple[str, ...] = ()
    reason: str = ""


NO_CLOUD = "nothing talks to the internet yet, apart from `roomtone models pull`"

ROWS = (
    # --- sound devices
    Row(
        1,
        "microphone unplugged while nobody speaks",
        ("faults/test_sound_server.py::test_a_microphone_that_comes_back_is_heard",),
    ),
    Row(
        2,
        "microphone unplugged in mid-utterance",
        (
            "faults/test_sound_server.py::test_a_microphone_that_goes_in_mid_utterance_hears_the_next_one",
        ),
    ),
    Row(
        3,
        "microphone plugged in again, under any number",
        (
            "faults/test_sound_server.py::test_a_microphone_that_comes_back_is_heard",
            "unit/capture/test_cards.py::test_a_serial_number_goes_with_the_device_to_another_port_and_number",
        ),
    ),
    Row(
        4,
        "stream open, no frames come",
        (
            "faults/test_sound_device.py::test_frames_that_stop_are_told_and_heard_again",
            "faults/test_sound_server.py::test_a_microphone_that_is_suspended_is_told_and_heard_again",
        ),
    ),
    Row(
        5,
        "opening the device never returns",
        (
            "faults/test_sound_device.py::test_a_device_that_never_opens_leaves_the_ear_up_and_is_heard_when_it_does",
        ),
    ),
    Row(6, "bursts of overruns", ("faults/test_sound_device.py::test_bursts_are_heard_whole",)),
    Row(
        7,
        "digital silence, or stuck at one value",
        (
            "faults/test_sound_device.py::test_one_value_for_ever_is_told_and_the_end_of_it",
            "faults/test_sound_server.py::test_digital_silence_is_told_and_the_end_of_it",
        ),
    ),
    Row(
        8,
        "another rate, two channels, floating point",
        (
            "faults/test_sound_device.py::test_other_forms_are_heard_without_a_word",
            "faults/test_sound_device.py::test_a_wrong_rate_is_told_and_put_right",
        ),
    ),
    Row(
        9,
        "the server moves the stream to another device",
        (
            "faults/test_sound_server.py::test_a_stream_moved_to_the_loudspeakers_monitor_is_noticed_and_brought_back",
        ),
    ),
    Row(
        10,
        "sound server killed, frozen, started again",
        (
            "faults/test_sound_server.py::test_a_sound_server_that_is_killed_and_comes_back_is_heard",
            "faults/test_sound_server.py::test_a_sound_server_that_froze_is_heard",
        ),
    ),
    Row(
        11,
        "loudspeaker lost while speaking",
        (
            "faults/test_sound_server.py::test_a_loudspeaker_lost_in_mid_sentence_ends_the_answer_and_keeps_the_microphone",
        ),
    ),
    Row(
        12,
        "loudspeaker takes no more sound",
        (
            "faults/test_sound_device.py::test_a_loudspeaker_that_takes_nothing_more_ends_the_answer_and_is_heard_again",
        ),
    ),
    Row(
        13,
        "the ear crashes",
        ("faults/test_parts.py::test_the_next_question_works",),
    ),
    Row(
        14,
        "the microphone's clock runs slow",
        (
            "faults/test_sound_device.py::test_a_clock_that_runs_slow_is_heard_without_loss_or_growth",
        ),
    ),
    Row(
        15,
        "the ear is slower than the microphone",
        ("faults/test_sound_device.py::test_an_ear_that_was_held_up_loses_the_oldest_and_says_so",),
    ),
    Row(
        16,
        "another program holds the device",
        ("unit/capture/test_mic.py::test_a_device_in_use_is_told_as_such",),
    ),
    # --- what the microphone hears
    Row(
        17,
        "a wake word, then silence or a fan",
        (
            "scenes/test_wakes.py::test_silence_after_the_wake_word_ends_with_a_sound_within_six_seconds",
            "scenes/test_wakes.py::test_noise_after_the_wake_word_is_not_answered_and_ends_with_a_sound_too",
        ),
    ),
    Row(
        18,
        "speech that never ends",
        (
            "scenes/test_wakes.py::test_talk_without_end_is_neither_read_nor_answered_aloud_but_politely_stopped",
        ),
    ),
    Row(
        19,
        "speech that resembles the wake word",
        reason="`roomtone bench wake --other DIR` counts it on recordings, with its limits",
    ),
    Row(
        20,
        "its own voice says the wake word",
        ("unit/detect/test_attention.py::test_our_own_voice_saying_the_wake_word_wakes_nobody",),
    ),
    Row(
        21,
        "its own answer echoes into the follow-up",
        (
            "scenes/test_wakes.py::test_the_follow_up_window_opens_after_the_tail_of_our_own_sound",
            "unit/detect/test_attention.py::test_a_window_that_opens_later_does_not_hear_the_tail_of_our_own_sound",
        ),
    ),
    Row(
        22,
        "constant offset, mains hum, clipping",
        ("faults/test_sound_device.py::test_the_wake_word_is_heard_over_an_offset_and_over_hum",),
    ),
    Row(
        23,
        "commands modulated on ultrasound",
        reason="no action needs a confirmation yet; sound of that kind cannot be made here",
    ),
    Row(
        24,
        "the wake word twice in a breath",
        ("scenes/test_wakes.py::test_a_wake_word_that_is_heard_twice_is_one_turn",),
    ),
    Row(
        25,
        "an endless transcript, stray characters",
        ("scenes/test_wakes.py::test_nonsense_of_any_length_is_bounded_before_anybody_sees_it",),
    ),
    Row(
        26,
        "whispered, childish or far speech",
        reason="no recordings of it here; a second try asks louder is not built",
    ),
    # --- processes
    Row(
        27,
        "the core's event loop hangs",
        (
            "faults/test_daemon.py::test_ready_means_that_it_hears_and_the_watchdog_is_fed_while_it_does",
            "faults/test_daemon.py::test_a_daemon_that_is_aborted_leaves_its_stack_and_no_word_that_was_said",
        ),
    ),
    Row(
        28,
        "a part hangs",
        (
            "faults/test_parts.py::test_the_next_question_works",
            "faults/test_parts.py::test_all_parts_at_once",
            "unit/app/test_parts.py::test_a_part_that_falls_in_its_work_costs_that_job_and_comes_back",
        ),
    ),
    Row(
        29,
        "a part is killed for its memory",
        (
            "faults/test_resources.py::test_a_part_that_is_killed_for_its_memory_is_told_as_such_and_comes_back",
        ),
    ),
    Row(
        30,
        "memory creeps up",
        ("unit/app/test_parts.py::test_a_part_that_has_grown_is_replaced_while_it_rests",),
    ),
    Row(
        31,
        "descriptors or threads leak",
        (
            "faults/test_resources.py::test_two_hundred_falls_leave_no_descriptor_and_no_thread_behind",
        ),
    ),
    Row(
        32,
        "told to stop in the middle of an answer",
        (
            "faults/test_daemon.py::test_a_stop_in_mid_answer_fades_out_and_takes_less_than_three_seconds",
        ),
    ),
    Row(
        33,
        "the daemon is killed at any moment",
        (
            "faults/test_store_kills.py::test_a_hundred_kills_lose_nothing_that_was_acknowledged",
            "faults/test_store_daemon.py::test_the_daemon_is_killed_while_it_writes_and_keeps_what_it_acknowledged",
        ),
    ),
    Row(
        34,
        "a model is missing or damaged at the start",
        (
            "faults/test_models.py::test_it_starts_without_a_language_model_says_so_and_takes_a_mended_one",
            "faults/test_models.py::test_models_that_go_bad_while_it_runs_cost_no_more_than_their_parts",
        ),
    ),
    Row(
        35,
        "a bad configuration is reloaded",
        ("faults/test_daemon.py::test_a_mistake_in_a_reload_is_told_and_changes_nothing",),
    ),
    Row(
        36,
        "the sandbox denies something",
        (
            "appliance/test_walls.py::test_the_core_has_all_walls_around_it",
            "sound/test_native_answers.py::test_ctranslate2_reads_speech_with_memory_for_code_and_not_without",
        ),
    ),
    Row(
        37,
        "the wall clock jumps",
        (
            "faults/test_clock.py::test_a_clock_that_jumps_neither_rings_a_timer_nor_loses_it",
            "faults/test_clock.py::test_a_jump_forgets_no_conversation_not_even_at_the_next_start",
            "faults/test_clock.py::test_a_timer_that_ended_during_a_power_cut_is_told_once_soon_after_the_start",
            "faults/test_clock.py::test_without_a_clock_chip_a_timer_rings_when_its_length_has_run_since_the_start",
            "faults/test_clock.py::test_without_a_clock_chip_a_timer_is_overdue_when_the_clock_is_set",
        ),
    ),
    Row(
        38,
        "summer time, an alarm in the missing hour",
        ("faults/test_clock.py::test_an_alarm_in_the_hour_that_is_skipped_rings_once_and_says_so",),
    ),
    Row(
        39,
        "started twice",
        ("sound/test_conversation.py::test_a_second_daemon_is_refused_with_advice",),
    ),
    Row(
        40,
        "systemd gives up starting it",
        (
            "appliance/test_recovery.py::test_a_core_that_keeps_falling_is_told_of_and_tried_again_after_a_rest",
        ),
    ),
    # --- storage
    Row(
        41,
        "power cut during a write",
        (
            "faults/test_store_kills.py::test_whichever_operation_fails_the_file_opens_and_holds_what_was_acknowledged",
        ),
    ),
    Row(
        42,
        "damaged pages of the database",
        (
            "faults/test_store_flips.py::test_of_a_thousand_flipped_bytes_none_is_missed_and_none_costs_more_than_the_snapshot_is_old",
            "faults/test_store.py::test_a_damaged_file_is_restored_from_its_snapshot_before_anybody_waits",
            "faults/test_store.py::test_a_file_damaged_under_a_running_daemon_is_restored_and_loses_no_timer",
            "faults/test_store.py::test_a_damaged_file_without_a_snapshot_is_left_alone_and_a_backup_taken_up",
            "faults/test_store.py::test_a_damaged_file_that_is_moved_away_makes_room_for_a_new_one",
        ),
    ),
    Row(
        43,
        "disk full",
        (
            "faults/test_store.py::test_a_disk_that_is_full_costs_nothing_and_is_written_when_there_is_room",
            "faults/test_store.py::test_a_start_on_a_full_disk_knows_its_timers",
            "faults/test_store.py::test_a_first_start_on_a_full_disk_works_from_memory",
            "faults/test_store_daemon.py::test_a_daemon_on_a_full_disk_answers_says_so_and_heals",
        ),
    ),
    Row(
        44,
        "file system turns read-only",
        (
            "faults/test_store.py::test_a_card_that_dies_is_left_and_another_in_its_place_taken_up",
            "faults/test_store.py::test_a_start_on_a_read_only_disk_knows_its_timers",
        ),
    ),
    Row(
        45,
        "the disk reports errors",
        (
            "faults/test_store_kills.py::test_whichever_operation_fails_the_file_opens_and_holds_what_was_acknowledged",
            "faults/test_store.py::test_a_disk_that_does_not_answer_keeps_nobody_waiting",
            "faults/test_store.py::test_a_state_folder_that_is_removed_is_made_anew",
        ),
    ),
    Row(
        46,
        "the database is locked by another program",
        ("faults/test_store.py::test_a_database_that_another_program_holds_keeps_nobody_waiting",),
    ),
    Row(
        47,
        "killed during a migration",
        (
            "faults/test_store_kills.py::test_whichever_operation_fails_the_file_opens_and_holds_what_was_acknowledged",
        ),
    ),
    Row(
        48,
        "the key of the database is wrong or gone",
        ("faults/test_store.py::test_without_its_key_nothing_is_overwritten",),
    ),
    Row(
        49,
        "the write-ahead log grows",
        ("faults/test_store.py::test_the_log_shrinks_again_when_a_reader_that_held_it_has_gone",),
    ),
    Row(
        50,
        "writes that wear a memory card",
        ("faults/test_store_daemon.py::test_an_idle_daemon_writes_nothing",),
    ),
    # --- network
    Row(
        51,
        "no network at boot",
        (
            "appliance/test_units.py::test_no_unit_waits_for_the_network",
            "appliance/test_service.py::test_it_is_ready_soon_and_then_it_hears",
        ),
    ),
    Row(52, "the internet comes and goes", reason=NO_CLOUD),
    Row(53, "a server that connects and stays silent", reason=NO_CLOUD),
    Row(54, "an answer cut off in mid-sentence", reason=NO_CLOUD),
    Row(55, "refused, throttled, failing servers", reason=NO_CLOUD),
    Row(56, "captive portal, wrong certificate", reason=NO_CLOUD),
    Row(57, "names that do not resolve", reason=NO_CLOUD),
    Row(58, "malformed or huge replies", reason=NO_CLOUD),
    Row(59, "consent withdrawn during a request", reason=NO_CLOUD),
    # --- models
    Row(
        60,
        "a download cut off",
        (
            "unit/system/test_fetch.py::test_a_cut_connection_is_taken_up_where_it_ended",
            "sound/test_weights.py::test_a_pull_that_is_killed_goes_on_where_it_was",
        ),
    ),
    Row(
        61,
        "a download of the right size with wrong bytes",
        (
            "unit/system/test_fetch.py::test_wrong_content_is_deleted_and_told",
            "unit/system/test_pull.py::test_wrong_content_leaves_the_old_file_in_place",
        ),
    ),
    Row(
        62,
        "too little room for a download",
        ("unit/system/test_fetch.py::test_a_disk_that_is_too_small_is_told_before_the_first_byte",),
    ),
    Row(
        63,
        "a poisoned model file",
        (
            "unit/system/test_weights.py::test_a_file_that_no_pull_vouched_for_is_not_loaded",
            "unit/system/test_weights.py::test_what_is_no_model_is_told",
        ),
    ),
    Row(
        64,
        "a model exchanged on disk while running",
        (
            "faults/test_models.py::test_models_that_go_bad_while_it_runs_cost_no_more_than_their_parts",
        ),
    ),
    # --- doors
    Row(
        65,
        "requests from a foreign origin",
        (
            "unit/web/test_gate.py::test_a_strange_name_is_misdirected",
            "unit/web/test_gate.py::test_only_reading_is_answered",
        ),
    ),
    Row(66, "guessing a PIN", reason="there is no PIN"),
    Row(
        67,
        "slow, huge or countless requests",
        (
            "unit/web/test_gate.py::test_who_never_finishes_asking_is_cut_off_and_others_are_answered",
            "unit/web/test_gate.py::test_a_crowd_is_sent_away",
            "unit/web/test_gate.py::test_an_endless_header_is_refused",
        ),
    ),
    Row(68, "a hostile transcript on the page", reason="the page shows no word that was said"),
    # --- resources
    Row(
        69,
        "too hot, too little voltage",
        (
            "appliance/test_appliance_doctor.py::test_a_hot_machine_says_so",
            "unit/app/test_climate.py::test_a_fault_that_comes_and_goes_is_told_once",
        ),
    ),
    Row(
        70,
        "another program takes the processor",
        (
            "faults/test_resources.py::test_another_program_that_takes_the_processor_does_not_make_it_deaf",
            "unit/app/test_relief.py::test_step_by_step_more_gives_way_and_the_ear_never",
        ),
    ),
    Row(
        71,
        "the language model does not stop",
        (
            "unit/app/test_answerer.py::test_an_endless_answer_is_given_up_and_what_was_whole_of_it_is_said",
        ),
    ),
    Row(
        72,
        "a skill hangs",
        ("unit/app/test_answerer.py::test_a_skill_that_does_not_end_costs_the_turn",),
    ),
)
