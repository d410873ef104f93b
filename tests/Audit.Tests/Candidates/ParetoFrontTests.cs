using Governance.Audit.Candidates;

namespace Governance.Audit.Tests.Candidates;

public sealed class ParetoFrontTests
{
    private static readonly CandidateMetric Accuracy = new("accuracy", false);
    private static readonly CandidateMetric Size = new(CandidateBudget.Size, true);

    // b is smaller and surely more accurate than a; c is less accurate than b by the estimate only; d is the smallest.
    [Fact]
    public void Only_what_the_intervals_say_is_dominated()
    {
        IReadOnlyList<PlacedCandidate> placed = ParetoFront.Place(
            [
                Of("a", 0.70, 0.02, 900), Of("b", 0.80, 0.02, 800), Of("c", 0.78, 0.02, 850), Of("d", 0.60, 0.02, 100),
            ],
            [Accuracy, Size]);

        Assert.Equal([FrontPlace.Dominated, FrontPlace.Front, FrontPlace.NotSeparable, FrontPlace.Front], placed.Select(one => one.Place));
        Assert.Equal(["b", "c"], placed[0].By);
        Assert.Equal(["b"], placed[2].By);
    }

    [Fact]
    public void Equal_candidates_and_estimates_without_intervals_dominate_nobody_surely()
    {
        Assert.All(ParetoFront.Place([Of("a", 0.7, 0, 10), Of("b", 0.7, 0, 10)], [Accuracy, Size]), one => Assert.Equal(FrontPlace.Front, one.Place));
        Candidate bare = new("bare", new Dictionary<string, CandidateFigure> { ["accuracy"] = new(0.9), [CandidateBudget.Size] = new(1, null, true) });

        IReadOnlyList<PlacedCandidate> placed = ParetoFront.Place([bare, Of("b", 0.5, 0.01, 10)], [Accuracy, Size]);

        Assert.Equal([FrontPlace.Front, FrontPlace.NotSeparable], placed.Select(one => one.Place));
    }

    [Fact]
    public void A_candidate_without_a_figure_is_not_placed_and_places_nobody()
    {
        Candidate part = new("part", new Dictionary<string, CandidateFigure> { ["accuracy"] = new(1, [1, 1]) });

        IReadOnlyList<PlacedCandidate> placed = ParetoFront.Place([part, Of("b", 0.5, 0.01, 10)], [Accuracy, Size]);

        Assert.Equal([FrontPlace.Incomplete, FrontPlace.Front], placed.Select(one => one.Place));
        Assert.Equal([CandidateBudget.Size], placed[0].Missing);
    }

    // One variant took 0.5 to 0.6 of its parent's time and the other 0.7 to 0.9, each in a run of its own; milliseconds of the two
    // runs say the opposite. What was served is told apart from neither.
    [Fact]
    public void What_was_timed_in_turns_is_told_apart_by_multiples_of_the_same_candidate_alone()
    {
        CandidateMetric latency = new(CandidateBudget.Latency, true);
        Candidate parent = Timed("credit/1", 10, ("credit/1", new CandidateFigure(1, Exact: true)));
        Candidate quick = Timed("credit/2", 9, ("credit/1", new CandidateFigure(0.55, [0.5, 0.6])));
        Candidate slower = Timed("credit/3", 8, ("credit/1", new CandidateFigure(0.8, [0.7, 0.9])));
        Candidate other = Timed("fraud/2", 1, ("fraud/1", new CandidateFigure(0.1, [0.1, 0.1])));
        Candidate served = new("credit/4", new Dictionary<string, CandidateFigure> { [latency.Key] = new(2, [1.9, 2.1]) });

        PlacedCandidate[] family = [.. ParetoFront.Place([parent, quick, slower], [latency])];
        PlacedCandidate[] strangers = [.. ParetoFront.Place([parent, other, served], [latency])];

        Assert.Equal([FrontPlace.Dominated, FrontPlace.NotSeparable, FrontPlace.Dominated], [family[0].Place, ByEstimate(family[1]), family[2].Place]);
        Assert.Equal(["credit/2", "credit/3"], family[0].By);
        Assert.Equal(["credit/2"], family[2].By);
        Assert.Equal([FrontPlace.NotSeparable, FrontPlace.Front, FrontPlace.NotSeparable], strangers.Select(one => one.Place));

        // By the milliseconds of its own run the quicker variant looks slower: that is an estimate, and beats nobody surely.
        static FrontPlace ByEstimate(PlacedCandidate placed) => placed.By is ["credit/3"] ? placed.Place : throw new InvalidOperationException(placed.ToString());
    }

    // Against the definition, written down anew: without uncertainty a candidate is on the front exactly where no other is
    // at least as good everywhere and better somewhere.
    [Fact]
    public void Without_uncertainty_it_is_the_front_by_brute_force()
    {
        Random random = new(7);
        Candidate[] all = [.. Enumerable.Range(0, 60).Select(i => Of($"{i}", random.Next(10) / 10.0, 0, random.Next(10)))];

        IReadOnlyList<PlacedCandidate> placed = ParetoFront.Place(all, [Accuracy, Size]);

        for (int i = 0; i < all.Length; i++)
        {
            (double accuracy, double size) = Values(all[i]);
            bool beaten = all.Select(Values).Any(other => other.Accuracy >= accuracy && other.Size <= size && (other.Accuracy > accuracy || other.Size < size));
            Assert.Equal(beaten ? FrontPlace.Dominated : FrontPlace.Front, placed[i].Place);
        }
    }

    [Fact]
    public void A_budget_leaves_out_what_is_over_it_or_unknown()
    {
        CandidateBudget budget = new(20, 500);

        Assert.Null(new CandidateBudget(null, 500).Refusal(Of("a", 0.7, 0, 500)));
        Assert.Contains("is not known", budget.Refusal(Of("a", 0.7, 0, 500)));
        Assert.Equal("Its P95 latency of 0.25 ms is over 0.2.", new CandidateBudget(0.2, null).Refusal(new Candidate("a", new Dictionary<string, CandidateFigure> { [CandidateBudget.Latency] = new(0.25) })));
        Assert.Equal("Its size of 501 bytes is over 500.", new CandidateBudget(null, 500).Refusal(Of("a", 0.7, 0, 501)));
    }

    private static Candidate Timed(string name, double milliseconds, (string To, CandidateFigure Multiple) beside) => new(name, new Dictionary<string, CandidateFigure>
    {
        [CandidateBudget.Latency] = new(milliseconds, [0.99 * milliseconds, 1.01 * milliseconds]) { Beside = new Dictionary<string, CandidateFigure> { [beside.To] = beside.Multiple } },
    });

    private static (double Accuracy, double Size) Values(Candidate candidate) =>
        (candidate.Figures["accuracy"].Value, candidate.Figures[CandidateBudget.Size].Value);

    private static Candidate Of(string name, double accuracy, double half, double size) => new(name, new Dictionary<string, CandidateFigure>
    {
        ["accuracy"] = new(accuracy, [accuracy - half, accuracy + half]),
        [CandidateBudget.Size] = new(size, null, true),
    });
}
