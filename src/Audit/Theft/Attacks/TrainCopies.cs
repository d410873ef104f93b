using Governance.Audit.Explanations;
using Governance.Audit.Training;
using Governance.Audit.Training.Networks;
using Governance.Audit.Training.Students;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Trains copies of several families on taken answers and keeps the best on answers that it put aside.</summary>
internal static class TrainCopies
{
    // Of the thief's answers, never of the rows that the copy is judged on.
    private const double AsideShare = 0.15;
    private const int FewestToChoose = 20;
    private const int MostPasses = 60_000;

    /// <summary>Trains copies.</summary>
    /// <param name="taken">What the thief has.</param>
    /// <param name="extra">Further copies, each from the answers that it may learn from.</param>
    /// <param name="seed">Of split and trainers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static CopiedModel Best(
        TakenAnswers taken, IReadOnlyList<Func<TakenAnswers, CopiedModel?>> extra, int seed, CancellationToken cancellationToken)
    {
        if (Plain(taken) is CopiedModel plain)
        {
            return plain;
        }

        Func<TakenAnswers, CopiedModel?>[] families = [Logistic, own => Trees(own, seed, cancellationToken), own => Network(own, seed, cancellationToken), .. extra];
        (TakenAnswers learn, TakenAnswers aside) = Split(taken, seed);
        if (taken.Count < FewestToChoose || Plain(learn) is not null)
        {
            return WithThreshold(extra.Select(train => train(taken)).FirstOrDefault(copy => copy is not null) ?? Logistic(taken), taken);
        }

        Func<TakenAnswers, CopiedModel?> best = families
            .Select((train, place) => (train, place, copy: train(learn)))
            .Where(one => one.copy is not null)
            .Select(one => (one.train, one.place, Fit: Fit(WithThreshold(one.copy!, learn), aside)))
            .OrderByDescending(one => one.Fit.Agreement).ThenBy(one => one.Fit.Error).ThenBy(one => one.place)
            .First().train;
        return WithThreshold(best(taken)!, taken);
    }

    /// <summary>The copy that a thief is left with who never saw two different answers; null where there is more to learn.</summary>
    private static CopiedModel? Plain(TakenAnswers taken)
    {
        int classes = taken.Oracle.Classes;
        if (taken.Count == 0)
        {
            double[] even = new double[classes];
            Array.Fill(even, classes == 1 ? 0 : 1.0 / classes);
            return CopiedModel.Constant(even);
        }

        if (classes == 1 || taken.HasScores)
        {
            return taken.Count == 1 ? CopiedModel.Constant(classes == 1 ? taken.Answers[0].Scores! : RowTargets.Shares(taken.Answers[0], classes)) : null;
        }

        return taken.Answers.Select(answer => answer.Label).Distinct().Count() == 1 ? CopiedModel.Constant(RowTargets.Shares(taken.Answers[0], classes)) : null;
    }

    /// <summary>A generalised linear copy.</summary>
    public static CopiedModel Logistic(TakenAnswers taken)
    {
        int classes = taken.Oracle.Classes;
        SoftTargets targets = RowTargets.Of(taken);
        double penalty = taken.HasScores ? 1e-6 * taken.Count : 1;
        if (classes == 1)
        {
            return CopiedModel.Linear("linear", LinearEquations.Solve(taken, [.. Enumerable.Range(0, taken.Count)]), 1);
        }

        if (classes == 2)
        {
            double[] shares = [.. taken.Answers.Select(answer => RowTargets.Shares(answer, 2)[1])];
            LogisticModel fit = FitLogistic.Run(new TrainingRows(taken.Oracle.Space.Names, [.. taken.Rows.SelectMany(row => row)]), shares, penalty);
            return CopiedModel.Linear("logistic", [[fit.Intercept, .. fit.Coefficients]], 2);
        }

        MultinomialModel several = FitMultinomial.Run(targets.Rows, targets.Targets, classes, penalty, CancellationToken.None);
        return CopiedModel.Linear(
            "logistic",
            [
                .. Enumerable.Range(1, classes - 1).Select(k => (double[])[
                    several.Intercepts[k] - several.Intercepts[0],
                    .. several.Coefficients[k].Zip(several.Coefficients[0], (own, first) => own - first)]),
            ],
            classes);
    }

    private static CopiedModel Trees(TakenAnswers taken, int seed, CancellationToken cancellationToken)
    {
        int classes = taken.Oracle.Classes;
        SoftTargets targets = RowTargets.Of(taken);
        TreesModel trees = FitTrees.Run(
            targets.Rows, targets.Targets,
            new BoostedTreesOptions
            {
                Task = classes switch { 1 => TreesTask.Regression, 2 => TreesTask.Binary, _ => TreesTask.Multiclass },
                Classes = Math.Max(classes, 1),
                MostLeaves = 15,
                LeastRows = Math.Clamp(targets.Rows.Count / 40, 2, 20),
                Seed = seed,
            },
            cancellationToken);
        return new CopiedModel("boosted trees", row => classes == 2 && trees.Predict(row) is { Length: 1 } one ? [1 - one[0], one[0]] : trees.Predict(row));
    }

    private static CopiedModel Network(TakenAnswers taken, int seed, CancellationToken cancellationToken)
    {
        SoftTargets targets = RowTargets.Of(taken);
        NetworkModel network = FitNetwork.Run(
            targets.Rows, targets.Targets,
            new NetworkOptions
            {
                Classes = taken.Oracle.Classes,
                Epochs = Math.Clamp(MostPasses / targets.Rows.Count, 20, 200),
                Batch = 32,
                LearningRate = 3e-3,
                Seed = seed,
            },
            cancellationToken);
        return new CopiedModel("network", row => network.Predict(row));
    }

    /// <summary>Of two copies the one that says better what the answers said; the first of equals.</summary>
    public static CopiedModel Better(CopiedModel first, CopiedModel second, TakenAnswers taken)
    {
        CopiedModel[] copies = [WithThreshold(first, taken), WithThreshold(second, taken)];
        return copies.Select((copy, place) => (copy, place, Fit: Fit(copy, taken)))
            .OrderByDescending(one => one.Fit.Agreement).ThenBy(one => one.Fit.Error).ThenBy(one => one.place).First().copy;
    }

    /// <summary>A copy that decides as the answers did: a thief who sees decisions and scores sees where the decision turns.</summary>
    public static CopiedModel WithThreshold(CopiedModel copy, TakenAnswers taken)
    {
        if (taken.Oracle.Classes != 2 || !taken.HasScores)
        {
            return copy;
        }

        (double Score, int Label)[] seen =
            [.. taken.Answers.Where(answer => answer.Scores is { } scores && double.IsFinite(scores[1])).Select(answer => (answer.Scores![1], answer.Label))];
        double below = seen.Where(one => one.Label == 0).Select(one => one.Score).DefaultIfEmpty(0).Max();
        double above = seen.Where(one => one.Label == 1).Select(one => one.Score).DefaultIfEmpty(1).Min();
        return below <= 0.5 && above >= 0.5 ? copy : copy with { Threshold = (below + above) / 2 };
    }

    private static (TakenAnswers Learn, TakenAnswers Aside) Split(TakenAnswers taken, int seed)
    {
        SeededRandom random = new(seed, 32);
        List<int> learn = [];
        List<int> aside = [];
        for (int row = 0; row < taken.Count; row++)
        {
            (random.NextDouble() < AsideShare ? aside : learn).Add(row);
        }

        return learn.Count == 0 || aside.Count == 0 ? (taken, taken) : (taken.Take(learn), taken.Take(aside));
    }

    // How well a copy says what the answers said: the share of labels, and the mean squared distance of scores.
    private static (double Agreement, double Error) Fit(CopiedModel copy, TakenAnswers aside)
    {
        double same = 0;
        double error = 0;
        for (int row = 0; row < aside.Count; row++)
        {
            double[] said = copy.Predict(aside.Rows[row]);
            double[] wanted = aside.Oracle.Classes == 1 ? aside.Answers[row].Scores! : RowTargets.Shares(aside.Answers[row], said.Length);
            same += copy.Label(said) == aside.Answers[row].Label ? 1 : 0;
            error += said.Zip(wanted, (a, b) => (a - b) * (a - b)).Sum();
        }

        return (same / aside.Count, error / aside.Count);
    }
}
