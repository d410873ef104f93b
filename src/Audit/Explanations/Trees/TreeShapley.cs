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
    // Sums in work at once, over all chunks.
    private const int MostSums = 1 << 23;

    private const int MostRows = 16 * 1024;

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
        SumLayout layout = new(forest, rule);
        CodedRows[]? coded = background is null ? null : [.. compiled.Books.Select(book => new CodedRows(book, background, 0, background.Rows, threads))];
        int chunks = compiled.Chunks.Count;
        int block = (int)Math.Clamp(MostSums / ((long)chunks * layout.Stride), 16, MostRows);
        double[] baseValue = new double[forest.Outputs];
        TreeAttributions result = new(rows.Rows, layout, baseValue);
        int steps = ((rows.Rows + block - 1) / block) * chunks;
        int done = 0;
        for (int first = 0; first < rows.Rows; first += block)
        {
            int count = Math.Min(block, rows.Rows - first);
            CodedRows[] own = [.. compiled.Books.Select(book => new CodedRows(book, rows, first, count, threads))];
            double[][] sums = new double[chunks][];
            double[][] bases = new double[chunks][];
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            Unwrapped.For(chunks, options, chunk =>
            {
                TreeChunk part = compiled.Chunks[chunk];
                sums[chunk] = new double[(long)count * layout.Stride];
                bases[chunk] = new double[forest.Outputs];
                new ChunkWorker(rule, layout).Add(part, own[part.Book], coded?[part.Book], weights, sums[chunk], bases[chunk], cancellationToken);
                progress?.Report(Interlocked.Increment(ref done) / (double)steps);
            });
            result.Take(first, count, sums);
            for (int chunk = 0; first == 0 && chunk < chunks; chunk++)
            {
                for (int output = 0; output < baseValue.Length; output++)
                {
                    baseValue[output] += bases[chunk][output];
                }
            }
        }

        return result;
    }
}
