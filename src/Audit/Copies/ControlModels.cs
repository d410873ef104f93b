namespace Governance.Audit.Copies;

/// <summary>A model trained independently of the registered one, and how much it nevertheless agrees with it.</summary>
/// <param name="Name">What it is, such as "network 64-64, stopped early".</param>
/// <param name="Scores">Its scores on the probe rows.</param>
/// <param name="Trees">Its trees; empty for other kinds.</param>
internal sealed record ControlModel(string Name, ScoreTable Scores, IReadOnlyList<TreeSplits> Trees);

/// <summary>Trains the models that a suspect is measured against: of its own family, on the same data, from labels.</summary>
/// <remarks>
/// A family and not one model, because independent models of one kind differ in how far they follow the data's noise:
/// the strongest and the weakest habits should be among them. Each sees its own random draw of the rows.
/// </remarks>
internal static class ControlModels
{
    private const int MostRows = 4_000;

    /// <summary>Trains the control models of a family.</summary>
    /// <param name="family">The suspect's; of an unknown kind all are trained.</param>
    /// <param name="rows">Labelled rows.</param>
    /// <param name="probes">Shape [probes, width]: the probe rows as features on the same scale.</param>
    /// <param name="seed">Of all draws.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public static IReadOnlyList<ControlModel> Train(
        ModelFamily family, TrainingRows rows, double[] probes, int seed, CancellationToken cancellationToken)
    {
        TrainingRows head = rows.Rows <= MostRows ? rows : rows.Take([.. Enumerable.Range(0, MostRows)]);
        List<ControlModel> models = [];
        foreach ((string name, NetworkRecipe recipe) in Networks(family, seed))
        {
            ControlNetwork network = ControlNetwork.Train(Share(head, recipe.Seed), recipe, cancellationToken);
            models.Add(new ControlModel(name, network.Score(probes), []));
        }

        foreach ((string name, TreeRecipe recipe) in Ensembles(family, seed))
        {
            ControlTrees trees = ControlTrees.Train(head, recipe, cancellationToken);
            models.Add(new ControlModel(name, trees.Score(probes), trees.Splits()));
        }

        return models;
    }

    /// <summary>The plain linear model of all rows: what everyone would find.</summary>
    public static ScoreTable Baseline(TrainingRows rows, double[] probes, int seed, CancellationToken cancellationToken) =>
        ControlNetwork.Train(rows.Rows <= MostRows ? rows : rows.Take([.. Enumerable.Range(0, MostRows)]),
            new NetworkRecipe([], 1e-4, 60, seed, StopEarly: false), cancellationToken).Score(probes);

    private static IEnumerable<(string, NetworkRecipe)> Networks(ModelFamily family, int seed)
    {
        if (family is ModelFamily.Linear or ModelFamily.Other)
        {
            yield return ("linear", new([], 1e-4, 60, seed + 1, false));
            yield return ("linear, shrunk", new([], 1e-2, 60, seed + 2, false));
            yield return ("linear, other draw", new([], 1e-3, 40, seed + 3, false));
            yield return ("linear, third draw", new([], 1e-4, 40, seed + 4, false));
        }

        if (family is ModelFamily.Network or ModelFamily.Other)
        {
            yield return ("network 64-64, stopped early", new([64, 64], 1e-4, 30, seed + 5, true));
            yield return ("network 64-64, trained long", new([64, 64], 1e-5, 60, seed + 6, false));
            yield return ("network 32, shrunk", new([32], 3e-3, 60, seed + 7, false));
            yield return ("network 32, shrunk a little", new([32], 3e-4, 60, seed + 8, false));
            yield return ("network 16, stopped early", new([16], 1e-4, 60, seed + 9, true));
            yield return ("network 32, shrunk to nearly a line", new([32], 3e-2, 60, seed + 17, false));
            yield return ("network 32-16, shrunk", new([32, 16], 2e-3, 60, seed + 10, false));
        }
    }

    private static IEnumerable<(string, TreeRecipe)> Ensembles(ModelFamily family, int seed)
    {
        if (family is not (ModelFamily.Trees or ModelFamily.Other))
        {
            yield break;
        }

        yield return ("boosted trees of depth 3", new(100, 3, 0.1, 1, 1, false, seed + 11));
        yield return ("boosted trees of depth 3, half the rows a tree", new(100, 3, 0.1, 0.5, 1, false, seed + 12));
        yield return ("boosted trees of depth 2", new(200, 2, 0.05, 0.8, 1, false, seed + 13));
        yield return ("boosted trees of depth 5", new(80, 5, 0.1, 0.8, 0.5, false, seed + 14));
        yield return ("random forest", new(100, 8, 1, 0.63, 0.7, true, seed + 15));
        yield return ("boosted trees of depth 4, many", new(250, 4, 0.05, 0.7, 0.7, false, seed + 16));
    }

    // Nine tenths of the rows: another person would have cleaned or split them a little differently.
    private static TrainingRows Share(TrainingRows rows, int seed)
    {
        Explanations.SeededRandom random = new(seed, 3);
        List<int> kept = [];
        for (int row = 0; row < rows.Rows; row++)
        {
            if (random.NextDouble() < 0.9)
            {
                kept.Add(row);
            }
        }

        return kept.Count == 0 ? rows : rows.Take([.. kept]);
    }
}
