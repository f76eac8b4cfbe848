use super::{MAX_KEPT_TOKENS, Slots, TokenCacheFault};

#[test]
fn the_number_of_places_has_its_bounds() {
    for found in [0, MAX_KEPT_TOKENS + 1, usize::MAX] {
        assert_eq!(Slots::<()>::new(found).unwrap_err(), TokenCacheFault { found });
    }
    assert!(Slots::<()>::new(1).is_ok() && Slots::<()>::new(MAX_KEPT_TOKENS).is_ok());
    let text = TokenCacheFault { found: 0 }.to_string();
    assert_eq!(text, "maxTokens is outside its range. Expected 1 to 100000; found 0.");
}

#[test]
fn what_is_used_is_not_displaced_by_what_is_not() {
    let mut slots = Slots::new(3).unwrap();
    let kept = slots.insert("kept").0;
    for round in 0..100 {
        assert_eq!(slots.use_if(kept, |_| true), Some(&"kept"), "round {round}");
        slots.insert("once");
        slots.insert("once");
        assert!(slots.len() <= 3);
    }
    // Looked at without being of use: that is no use.
    assert_eq!(slots.use_if(kept, |_| false), None);
    for _ in 0..6 {
        slots.insert("once");
    }
    assert_eq!(slots.use_if(kept, |_| true), None);
}

#[test]
fn a_ticket_is_never_for_what_took_the_place() {
    let mut slots = Slots::new(1).unwrap();
    let (first, displaced) = slots.insert("first");
    assert_eq!(displaced, None);
    let (second, displaced) = slots.insert("second");
    assert_eq!(displaced, Some("first"));
    assert_eq!(first.slot, second.slot);
    assert_eq!(
        (slots.use_if(first, |_| true), slots.use_if(second, |_| true)),
        (None, Some(&"second"))
    );
    assert_eq!((slots.remove(first), slots.remove(second)), (None, Some("second")));
    assert!(slots.is_empty());
    let (third, displaced) = slots.insert("third");
    assert_eq!((displaced, slots.len()), (None, 1));
    assert_eq!(
        (slots.use_if(second, |_| true), slots.use_if(third, |_| true)),
        (None, Some(&"third"))
    );
}

#[test]
fn a_place_that_was_given_back_is_taken_before_one_in_use() {
    let mut slots = Slots::new(2).unwrap();
    let (a, b) = (slots.insert("a").0, slots.insert("b").0);
    slots.remove(b);
    assert_eq!(slots.remove(b), None, "it is free once");
    slots.insert("c");
    assert_eq!(slots.use_if(a, |_| true), Some(&"a"));
    assert_eq!(slots.len(), 2);
}
