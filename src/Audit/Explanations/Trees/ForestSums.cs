namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// The sums of a forest over rows, in parallel by ranges of rows where there are many, else by chunks of trees. Either way a
/// row's sums are taken within each chunk and then chunk by chunk, so the way does not change a bit.
/// </summary>
internal sealed class ForestSums
{
    // Sums in work at once, over all chunks or ranges.
    private const int MostSums = 1 << 23;

    private const int MostRows = 16 * 1024;

    // A range tables every tree anew, which is worth it only where the rows outweigh that work.
    private const int LeastRange = 1024;

    private readonly CompiledForest compiled;
    private readonly SumLayout layout;
    private readonly LeafRule rule;
    private readonly CodedRows[]? background;
    private readonly double[] weights;
    private readonly FeatureMatrix rows;
    private readonly double[] baseValue;
    private readonly TreeAttributions result;

    /// <summary>Prepares the sums of rows.</summary>
    /// <param name="compiled">The trees.</param>
    /// <param name="layout">Where the numbers of a row stand.</param>
    /// <param name="rule">What a leaf gives.</param>
    /// <param name="background">The background coded by each book, or null where the rule needs none.</param>
    /// <param name="weights">One weight a background row.</param>
    /// <param name="rows">The rows to explain.</param>
    public ForestSums(CompiledForest compiled, SumLayout layout, LeafRule rule, CodedRows[]? background, double[] weights, FeatureMatrix rows)
    {
        this.compiled = compiled;
        this.layout = layout;
        this.rule = rule;
        this.background = background;
        this.weights = weights;
        this.rows = rows;
        baseValue = new double[compiled.Forest.Outputs];
        result = new TreeAttributions(rows.Rows, layout, baseValue);
    }

    /// <summary>Sums for all rows, and the base value.</summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public TreeAttributions Add(int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int share = (rows.Rows + threads - 1) / threads;
        bool byRows = share >= Math.Max(LeastRange, background is null ? 0 : background.Max(book => book.Rows) / 4);
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        if (byRows)
        {
            ByRows(share, options, progress);
        }
        else
        {
            ByChunks(options, progress);
        }

        return result;
    }

    private void ByRows(int share, ParallelOptions options, IProgress<double>? progress)
    {
        int size = Math.Min(share, Block(options.MaxDegreeOfParallelism));
        int ranges = (rows.Rows + size - 1) / size;
        int done = 0;
        Unwrapped.For(ranges, options, range =>
        {
            int first = range * size;
            int count = Math.Min(size, rows.Rows - first);
            CodedRows[] own = Coded(first, count, 1);
            double[] sums = new double[(long)count * layout.Stride];
            foreach (TreeChunk chunk in compiled.Chunks)
            {
                double[] means = new double[baseValue.Length];
                Array.Clear(sums);
                Work(chunk, own, sums, means, options.CancellationToken);
                result.Take(first, count, sums);
                if (range == 0)
                {
                    Take(means);
                }

                progress?.Report(Interlocked.Increment(ref done) / ((double)ranges * compiled.Chunks.Count));
            }
        });
    }

    private void ByChunks(ParallelOptions options, IProgress<double>? progress)
    {
        int chunks = compiled.Chunks.Count;
        int size = Block(chunks);
        int steps = ((rows.Rows + size - 1) / size) * chunks;
        int done = 0;
        for (int first = 0; first < rows.Rows; first += size)
        {
            int count = Math.Min(size, rows.Rows - first);
            CodedRows[] own = Coded(first, count, options.MaxDegreeOfParallelism);
            double[][] sums = new double[chunks][];
            double[][] means = new double[chunks][];
            Unwrapped.For(chunks, options, chunk =>
            {
                sums[chunk] = new double[(long)count * layout.Stride];
                means[chunk] = new double[baseValue.Length];
                Work(compiled.Chunks[chunk], own, sums[chunk], means[chunk], options.CancellationToken);
                progress?.Report(Interlocked.Increment(ref done) / (double)steps);
            });
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                result.Take(first, count, sums[chunk]);
                if (first == 0)
                {
                    Take(means[chunk]);
                }
            }
        }
    }

    private int Block(int parts) => (int)Math.Clamp(MostSums / ((long)parts * layout.Stride), 16, MostRows);

    private CodedRows[] Coded(int first, int count, int threads) =>
        [.. compiled.Books.Select(book => new CodedRows(book, rows, first, count, threads))];

    private void Work(TreeChunk chunk, CodedRows[] own, double[] sums, double[] means, CancellationToken cancellationToken) =>
        new ChunkWorker(rule, layout).Add(chunk, own[chunk.Book], background?[chunk.Book], weights, sums, means, cancellationToken);

    private void Take(double[] means)
    {
        for (int output = 0; output < means.Length; output++)
        {
            baseValue[output] += means[output];
        }
    }
}
