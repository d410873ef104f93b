namespace Governance.Audit.Explanations.Trees;

/// <summary>Exact Shapley values and interactions of a sum of trees.</summary>
/// <remarks>
/// A leaf is reached or not by the answers of the players on its path, so what it gives to them depends on one bit a
/// player. Leaves near each other share a table by those bits; a row costs one look-up a block (as in Fast TreeSHAP v2,
/// Yang 2021, arXiv 2109.09847), and the background enters by counts of patterns (as in WOODELF, arXiv 2511.09376).
/// Players may own several features, tested by any mode, missing or not. Sums are taken chunk by chunk of trees in a
/// fixed order, so that neither threads nor the rows around a row change a bit of its values.
/// </remarks>
public static class TreeShapley
{
    /// <summary>Values in the marginal (interventional) game: players out of the coalition take background values.</summary>
    /// <param name="forest">The trees.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="background">The rows that stand for "not known".</param>
    /// <param name="weights">One weight a background row; they add up to 1.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="progress">Told the share done, in (0, 1]; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static TreeAttributions Marginal(
        Forest forest, FeatureMatrix rows, FeatureMatrix background, double[] weights, int threads, IProgress<double>? progress,
        CancellationToken cancellationToken) => Run(forest, new MarginalValues(), rows, background, weights, threads, progress, cancellationToken);

    /// <summary>Interactions in the marginal game: the Shapley interaction index of order 2, in full.</summary>
    /// <inheritdoc cref="Marginal"/>
    public static TreeAttributions MarginalInteractions(
        Forest forest, FeatureMatrix rows, FeatureMatrix background, double[] weights, int threads, IProgress<double>? progress,
        CancellationToken cancellationToken) => Run(forest, new MarginalPairs(), rows, background, weights, threads, progress, cancellationToken);

    /// <summary>Values in the path-dependent game: the tests of players out of the coalition go by the trees' covers.</summary>
    /// <param name="forest">The trees, all with covers.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="progress">Told the share done, in (0, 1]; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static TreeAttributions PathDependent(
        Forest forest, FeatureMatrix rows, int threads, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Run(Covered(forest), new CoverValues(), rows, null, [], threads, progress, cancellationToken);

    /// <summary>Interactions in the path-dependent game: the Shapley interaction index of order 2, in full.</summary>
    /// <inheritdoc cref="PathDependent"/>
    public static TreeAttributions PathDependentInteractions(
        Forest forest, FeatureMatrix rows, int threads, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Run(Covered(forest), new CoverPairs(), rows, null, [], threads, progress, cancellationToken);

    private static Forest Covered(Forest forest) => forest.Trees.All(tree => tree.Covers is not null)
        ? forest
        : throw new ArgumentException("A tree lacks its covers.", nameof(forest));

    private static TreeAttributions Run(
        Forest forest, LeafRule rule, FeatureMatrix rows, FeatureMatrix? background, double[] weights, int threads, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        if (background is not null && weights.Length != background.Rows)
        {
            throw new ArgumentException("Expected one weight a background row.", nameof(weights));
        }

        threads = Math.Max(threads, 1);
        CompiledForest compiled = new(forest, threads);
        CodedRows[]? coded = background is null ? null : [.. compiled.Books.Select(book => new CodedRows(book, background, 0, background.Rows, threads))];
        ForestSums sums = new(compiled, new SumLayout(forest, rule), rule, coded, weights, rows);
        return sums.Add(threads, progress, cancellationToken);
    }
}
