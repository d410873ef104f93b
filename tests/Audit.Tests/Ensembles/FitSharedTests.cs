using Governance.Audit.Comparisons;
using Governance.Audit.Ensembles;
using Governance.Tests;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Ensembles;

/// <summary>One coefficient a member: the optimum by its conditions and by brute force, and the choice between it and the full form.</summary>
public sealed class FitSharedTests(ITestOutputHelper log)
{
    private const int Classes = 3;

    // The objective is convex, so that a point where no coordinate can go down further (Karush, Kuhn and Tucker) is its minimum.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25)]
    public void No_coefficient_can_be_moved_to_a_lower_loss(double penalty)
    {
        (double[][] members, double[] truth) = Drawn(300, 5, [2, 1, 0.5, -1]);

        (double[] found, bool converged, _) = FitShared.Run(members, truth, Classes, penalty, default);

        Assert.True(converged);
        Assert.All(found, value => Assert.True(value >= 0));
        double least = Objective(members, truth, found, penalty);
        for (int i = 0; i < found.Length; i++)
        {
            foreach (double step in (double[])[-0.3, -0.01, -1e-4, 1e-4, 0.01, 0.3])
            {
                double[] moved = [.. found];
                moved[i] = Math.Max(0, moved[i] + step);
                Assert.True(Objective(members, truth, moved, penalty) >= least - 1e-9);
            }
        }

        // The last member says the opposite of what is true: it would get less than 0, and gets 0.
        Assert.Equal(0, found[^1]);
    }

    [Fact]
    public void It_is_the_least_of_a_fine_grid()
    {
        (double[][] members, double[] truth) = Drawn(100, 6, [1.5, 0.3]);

        (double[] found, _, _) = FitShared.Run(members, truth, Classes, 1, default);

        (double Loss, double A, double B) best = (double.PositiveInfinity, 0, 0);
        for (int a = 0; a <= 100; a++)
        {
            for (int b = 0; b <= 100; b++)
            {
                double loss = Objective(members, truth, [a / 50.0, b / 50.0], 1);
                best = loss < best.Loss ? (loss, a / 50.0, b / 50.0) : best;
            }
        }

        Assert.Equal(best.A, found[0], 0.021);
        Assert.Equal(best.B, found[1], 0.021);
        Assert.True(Objective(members, truth, found, 1) <= best.Loss);
    }

    // Truth drawn from the first member's own probabilities: a coefficient of 1 gives it back, the others add nothing.
    [Fact]
    public void A_member_that_says_the_truth_is_given_back()
    {
        (double[][] members, double[] truth) = Drawn(20_000, 7, [1, 0, 0]);

        (double[] found, _, _) = FitShared.Run(members, truth, Classes, 0, default);

        Assert.Equal(1, found[0], 0.05);
        Assert.All(found.Skip(1), value => Assert.InRange(value, 0, 0.05));
    }

    // Both forms are the same model where they say the same: the shared one in the features of the full one.
    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void As_a_stacked_model_it_is_the_product_of_powers(int classes, int positive)
    {
        double[][] members = [[.. Softmax([0.4, -1, 0.2], classes)], [.. Softmax([-0.3, 0.9, 0.1], classes)]];
        double[] coefficients = [0.7, 0.25];
        IReadOnlyList<string> names = StackedFeatures.Names(["a", "b"], ((string[])["x", "y", "z"])[..classes]);

        double[] said = FitStacking.Predict(FitShared.Model(coefficients, names, classes, positive, true, 1), members, classes, positive);

        double[] powers = [.. Enumerable.Range(0, classes).Select(k => Math.Pow(members[0][k], 0.7) * Math.Pow(members[1][k], 0.25))];
        Assert.All(Enumerable.Range(0, classes), k => Assert.Equal(powers[k] / powers.Sum(), said[k], 1e-6));
    }

    // With few rows twelve numbers are learned by heart; with many the class that a member confuses is worth a coefficient of its own.
    [Fact]
    public void Held_out_rows_choose_the_form()
    {
        StackedFit few = Choose(Drawn(45, 8, [1, 0.5, 0.2]));
        (double[][] members, double[] truth) = Drawn(6_000, 9, [1, 0, 0]);

        // Probabilities of the first two classes change places: no power of them is near the truth, a linear form of them is.
        double[][] turned = [.. members.Select(member => member.Chunk(Classes).SelectMany(row => (double[])[row[1], row[0], row[2]]).ToArray())];
        StackedFit many = Choose((turned, truth));
        StackedFit least = Choose(Drawn(20, 8, [1, 0.5, 0.2]));

        Assert.NotNull(few.Shared);
        Assert.Equal((45, 3, false), (few.Trial!.Rows, few.Numbers, few.Trial.TakesFull));
        Assert.Null(many.Shared);
        Assert.Equal((6_000, Classes * ((3 * Classes) + 1), true), (many.Trial!.Rows, many.Numbers, many.Trial.TakesFull));
        Assert.True(many.Trial.Full < many.Trial.Shared - many.Trial.Error);
        Assert.NotNull(least.Shared);
        Assert.Null(least.Trial);
    }

    // 359 rows of ten classes, judged out of fold: what the forms do beside each other and beside the members.
    [SkippableFact]
    public void Of_ten_classes_and_few_rows_the_shared_form_loses_to_no_member()
    {
        EnsembleMember[] members = [GivenMembers.Shared("digits_lstm"), GivenMembers.Shared("digits_rf")];
        EnsembleData rows = GivenMembers.Labelled(GivenMembers.Read(Path.Combine(Reference.Repository, "samples", "digits", "validation.csv")), "digit");

        EnsembleReport[] forms = [.. ((StackedForm[])[StackedForm.Chosen, StackedForm.Full, StackedForm.Shared]).Select(form =>
            MakeEnsemble.Run(members, new EnsembleOptions { Combination = Combination.Stacking, Stacked = form }, rows, _ => { }, default).Report)];

        foreach (EnsembleReport report in forms)
        {
            log.WriteLine($"{report.Stacking!.Trial}, shared {(report.Stacking.Shared is { } shared ? string.Join(", ", shared) : "–")}");
            foreach (ComparedMetric metric in report.Judged!.Against.SelectMany(against => against.Metrics).Where(metric => metric.Name is "log_loss" or "accuracy"))
            {
                log.WriteLine($"  {metric.Name}: member {metric.A:0.0000}, ensemble {metric.B:0.0000}, {metric.Verdict}");
            }
        }

        StackedTrial trial = forms[0].Stacking!.Trial!;
        Assert.Equal((359, true), (trial.Rows, forms[0].Stacking!.Shared is not null));
        Assert.InRange(trial.Error, 1e-6, 1);
        Assert.Equal(2, forms[2].Stacking!.Shared!.Count);
        Assert.Null(forms[1].Stacking!.Shared);
        foreach (EnsembleReport report in (EnsembleReport[])[forms[0], forms[2]])
        {
            Assert.All(report.Judged!.Against, against => Assert.NotEqual("a-better", against.Metrics.Single(metric => metric.Name == "log_loss").Verdict));
        }

        GivenMembers.Dispose(members);
    }

    private static StackedFit Choose((double[][] Members, double[] Truth) drawn) => FitStacking.Run(
        new StackedRows(
            drawn.Members, drawn.Truth, StackedFeatures.Names([.. drawn.Members.Select((_, i) => $"m{i}")], ["x", "y", "z"]), Classes, 0, 1, StackedForm.Chosen, 4),
        default);

    // Each member draws log-probabilities of its own; the truth is drawn from the product of their powers.
    private static (double[][] Members, double[] Truth) Drawn(int rows, int seed, double[] powers)
    {
        Random random = new(seed);
        double[][] members = [.. powers.Select(_ => new double[rows * Classes])];
        double[] truth = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] logits = new double[Classes];
            for (int i = 0; i < powers.Length; i++)
            {
                double[] own = Softmax([.. Enumerable.Range(0, Classes).Select(_ => 3 * ((2 * random.NextDouble()) - 1))], Classes);
                own.CopyTo(members[i], row * Classes);
                for (int k = 0; k < Classes; k++)
                {
                    logits[k] += powers[i] * Math.Log(own[k]);
                }
            }

            double at = random.NextDouble();
            double[] p = Softmax(logits, Classes);
            truth[row] = at < p[0] ? 0 : at < p[0] + p[1] ? 1 : 2;
        }

        return (members, truth);
    }

    private static double Objective(double[][] members, double[] truth, double[] at, double penalty)
    {
        double sum = penalty * at.Sum(value => value * value) / 2;
        for (int row = 0; row < truth.Length; row++)
        {
            double[] logits = [.. Enumerable.Range(0, Classes).Select(k => members.Select((member, i) => at[i] * Math.Log(member[(row * Classes) + k])).Sum())];
            sum -= Math.Log(Softmax(logits, Classes)[(int)truth[row]]);
        }

        return sum;
    }

    private static double[] Softmax(double[] logits, int classes)
    {
        double[] powers = [.. logits.Take(classes).Select(Math.Exp)];
        return [.. powers.Select(power => power / powers.Sum())];
    }
}
