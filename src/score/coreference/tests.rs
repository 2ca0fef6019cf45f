use proptest::prelude::*;

use super::*;

fn close(tally: Tally, recall: f64, precision: f64) {
    assert!((tally.recall() - recall).abs() < 1e-9, "recall {} instead of {recall}", tally.recall());
    assert!((tally.precision() - precision).abs() < 1e-9, "precision {} instead of {precision}", tally.precision());
}

/// The example of Pradhan and others 2014, worked out there by hand: gold {a b c} {d e f g}, found {a b} {c d} {f g h i}.
#[test]
fn the_example_of_the_reference_paper() {
    let gold = vec![vec![1, 2, 3], vec![4, 5, 6, 7]];
    let found = vec![vec![1, 2], vec![3, 4], vec![6, 7, 8, 9]];
    close(muc(&gold, &found), 2.0 / 5.0, 2.0 / 5.0);
    close(b_cubed(&gold, &found), (5.0 / 3.0 + 5.0 / 4.0) / 7.0, (2.0 + 1.0 + 1.0) / 8.0);
    close(ceaf_e(&gold, &found), 1.3 / 2.0, 1.3 / 3.0);
    // {a b c} keeps 1 of 3 links, {d e f g} 1 of 6; {a b} 1 of 1, {c d} none, {f g h i} 1 of 6.
    close(lea(&gold, &found), (3.0 / 3.0 + 4.0 / 6.0) / 7.0, (2.0 + 4.0 / 6.0) / 8.0);
    close(mentions(&gold, &found), 6.0 / 7.0, 6.0 / 8.0);
}

#[test]
fn everything_in_one_chain_deceives_muc_but_not_b_cubed() {
    let gold = vec![vec![1, 2], vec![3, 4], vec![5, 6]];
    let found = vec![vec![1, 2, 3, 4, 5, 6]];
    close(muc(&gold, &found), 1.0, 3.0 / 5.0);
    close(b_cubed(&gold, &found), 1.0, 1.0 / 3.0);
    close(ceaf_e(&gold, &found), 0.5 / 3.0, 0.5);
}

#[test]
fn a_lone_mention_counts_for_lea_only_when_it_is_alone_in_both() {
    let gold = vec![vec![1], vec![2]];
    close(lea(&gold, &vec![vec![1], vec![2, 3]]), 0.5, 1.0 / 3.0);
}

fn mention(start: usize, end: usize, heads: &[(usize, usize)]) -> Mention {
    let heads = heads.iter().map(|&(start, end)| Span::new(start, end)).collect();
    Mention { span: Span::new(start, end), heads, form: Form::Name }
}

fn annotations(chains: &[&[Mention]]) -> Annotations {
    let chains = chains.iter().map(|mentions| Chain { label: "PER".into(), mentions: mentions.to_vec() }).collect();
    Annotations { chains: Some(chains), ..Annotations::default() }
}

#[test]
fn a_title_is_forgiven_only_when_heads_are_compared() {
    // "President [Okafor]" twice; the program leaves the title out.
    let gold = annotations(&[&[mention(0, 16, &[(10, 16)]), mention(30, 46, &[(40, 46)])]]);
    let found = annotations(&[&[mention(10, 16, &[(10, 16)]), mention(40, 46, &[(40, 46)])]]);
    let types = Types::built_in().unwrap();
    let options = |matching| Options { matching, singletons: false, form: None, typed: true };
    let conll = |matching| {
        let (gold, found) = clusters(&gold, &found, &types, &options(matching));
        b_cubed(&gold, &found).f1()
    };
    assert_eq!((conll(Match::Exact), conll(Match::Head)), (0.0, 1.0));
}

#[test]
fn parts_of_a_chain_are_told_by_their_first_mention() {
    // 1 and 3 lie in one cluster of the other side, 2 and 5 in another, 4 in none.
    let others = membership(&vec![vec![1, 3], vec![2, 5]]);
    assert_eq!(parts(&[1, 2, 3, 4, 5], &others), [(2, 1)]);
    assert_eq!(parts(&[1, 3, 4], &others), []);
}

/// Some mentions put into clusters at random; gold and found do not have all of them.
fn any_clusters() -> impl Strategy<Value = Clusters> {
    prop::collection::vec(prop::option::of(0_usize..4), 12).prop_map(|of| {
        let mut clusters: Clusters = vec![Vec::new(); 4];
        for (mention, cluster) in of.into_iter().enumerate() {
            if let Some(cluster) = cluster {
                clusters[cluster].push(mention);
            }
        }
        clusters.retain(|cluster| !cluster.is_empty());
        clusters
    })
}

fn equal(a: Tally, b: Tally) -> bool {
    let values = |t: Tally| [t.right_of_found, t.found, t.right_of_gold, t.gold];
    values(a).into_iter().zip(values(b)).all(|(a, b)| (a - b).abs() < 1e-9)
}

proptest! {
    #[test]
    fn gold_against_itself_is_all_right(gold in any_clusters()) {
        for (i, tally) in measures(&gold, &gold).into_iter().enumerate() {
            let has_links = gold.iter().any(|cluster| cluster.len() > 1);
            let expected = if gold.is_empty() || (i == 0 && !has_links) { 0.0 } else { 1.0 };
            prop_assert!((tally.f1() - expected).abs() < 1e-9, "measure {i}: {tally:?}");
        }
    }

    #[test]
    fn swapping_gold_and_found_swaps_precision_and_recall(gold in any_clusters(), found in any_clusters()) {
        for (one, other) in measures(&gold, &found).into_iter().zip(measures(&found, &gold)) {
            prop_assert!(equal(one, other.swapped()), "{one:?} {other:?}");
        }
    }

    #[test]
    fn scores_lie_between_nothing_and_all(gold in any_clusters(), found in any_clusters()) {
        for tally in measures(&gold, &found) {
            for score in [tally.precision(), tally.recall(), tally.f1()] {
                prop_assert!((0.0..=1.0 + 1e-9).contains(&score));
            }
        }
    }
}
