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
        Assert.Equal("Its size of 501 bytes is over 500.", new CandidateBudget(null, 500).Refusal(Of("a", 0.7, 0, 501)));
    }

    private static (double Accuracy, double Size) Values(Candidate candidate) =>
        (candidate.Figures["accuracy"].Value, candidate.Figures[CandidateBudget.Size].Value);

    private static Candidate Of(string name, double accuracy, double half, double size) => new(name, new Dictionary<string, CandidateFigure>
    {
        ["accuracy"] = new(accuracy, [accuracy - half, accuracy + half]),
        [CandidateBudget.Size] = new(size, null, true),
    });
}
