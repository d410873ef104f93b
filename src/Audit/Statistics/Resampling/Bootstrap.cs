using Governance.Audit.Explanations;

namespace Governance.Audit.Statistics.Resampling;

/// <summary>Figures of a sample in which each row, or each kind of row, counts a number of times.</summary>
/// <param name="counts">Shape [rows] or [kinds]: how often each counts; all rows once is the sample itself.</param>
/// <param name="figures">Shape [figures]: overwritten; NaN where a figure is undefined. Called from several threads at once.</param>
public delegate void CountedFigures(ReadOnlySpan<int> counts, Span<double> figures);

/// <summary>Computes the figures of one resample.</summary>
/// <typeparam name="TScratch">Memory that one thread uses again and again.</typeparam>
/// <param name="random">The resample's own stream.</param>
/// <param name="scratch">Of the thread; holds what earlier resamples left.</param>
/// <param name="figures">Shape [figures]: overwritten; NaN where a figure is undefined.</param>
public delegate void DrawFigures<in TScratch>(ref SeededRandom random, TScratch scratch, Span<double> figures);

/// <summary>The bootstrap: any figures, drawn anew together, so that what hangs together stays together.</summary>
/// <remarks>
/// Efron (1979), Annals of Statistics 7, 1–26. Each resample draws from a stream of its own and writes to a place of its
/// own: the same seed gives the same bits for any number of threads. BCa's acceleration comes from leaving out kinds of
/// rows one by one, or, for rows, one of <see cref="MostBlocks"/> seeded blocks: sums over a block have the second and
/// third moments that its rows have together, so that the acceleration is estimated without bias, if with more noise.
/// </remarks>
public static class Bootstrap
{
    /// <summary>The most parts that are left out in turn for BCa's acceleration; with fewer rows each row is one.</summary>
    public const int MostBlocks = 200;

    /// <summary>Draws rows.</summary>
    /// <param name="rows">How many there are, at least 1.</param>
    /// <param name="figures">How many figures <paramref name="compute"/> writes.</param>
    /// <param name="compute">Computes them; weights of rows are its own business.</param>
    /// <param name="options">Resamples, seed, level and method.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static BootstrapResult OfRows(
        int rows, int figures, CountedFigures compute, BootstrapOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        int[] once = new int[rows];
        Array.Fill(once, 1);
        double[] estimates = new double[figures];
        compute(once, estimates);
        double[] draws = Draws(
            figures, options, () => new int[rows],
            (ref SeededRandom random, int[] counts, Span<double> row) =>
            {
                ResampleCounts.OfRows(ref random, counts);
                compute(counts, row);
            },
            cancellationToken);
        Influence[] influences = options.Method == BootstrapMethod.Bca
            ? Influences(figures, Blocks(rows, options.Seed), compute, once, cancellationToken)
            : new Influence[figures];
        return new BootstrapResult(estimates, draws, influences, options);
    }

    /// <summary>Draws kinds of rows: figures that depend on the rows through counts of few kinds alone. Time does not grow with the rows.</summary>
    /// <param name="sizes">Shape [kinds]: the rows of each kind, not all 0.</param>
    /// <param name="figures">How many figures <paramref name="compute"/> writes.</param>
    /// <param name="compute">Computes them.</param>
    /// <param name="options">Resamples, seed, level and method.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static BootstrapResult OfKinds(
        IReadOnlyList<int> sizes, int figures, CountedFigures compute, BootstrapOptions options, CancellationToken cancellationToken)
    {
        int[] all = [.. sizes];
        double[] estimates = new double[figures];
        compute(all, estimates);
        double[] draws = Draws(
            figures, options, () => new int[all.Length],
            (ref SeededRandom random, int[] counts, Span<double> row) =>
            {
                ResampleCounts.OfKinds(ref random, all, counts);
                compute(counts, row);
            },
            cancellationToken);
        Influence[] influences = options.Method == BootstrapMethod.Bca ? OfKindsLeftOut(all, figures, compute) : new Influence[figures];
        return new BootstrapResult(estimates, draws, influences, options);
    }

    /// <summary>Runs resamples whose draw is the caller's own.</summary>
    /// <returns>Shape [resamples, figures], row-major.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static double[] Draws<TScratch>(
        int figures, BootstrapOptions options, Func<TScratch> scratch, DrawFigures<TScratch> draw, CancellationToken cancellationToken)
    {
        options.Check();
        double[] draws = new double[checked(options.Resamples * figures)];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, options.Resamples, parallel, scratch, (resample, _, own) =>
        {
            SeededRandom random = new(options.Seed, resample);
            draw(ref random, own, draws.AsSpan(resample * figures, figures));
            return own;
        }, _ => { });
        return draws;
    }

    /// <summary>Puts each row into one of at most <see cref="MostBlocks"/> blocks of nearly equal size, at random.</summary>
    /// <returns>Shape [rows]: the block's index; without repetition where there are few rows.</returns>
    internal static int[] Blocks(int rows, int seed)
    {
        int count = Math.Min(rows, MostBlocks);
        int[] blocks = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            blocks[row] = row % count;
        }

        if (count < rows)
        {
            // A stream that no resample has.
            SeededRandom random = new(seed, -1);
            for (int row = rows - 1; row > 0; row--)
            {
                int other = random.NextBelow(row + 1);
                (blocks[row], blocks[other]) = (blocks[other], blocks[row]);
            }
        }

        return blocks;
    }

    private static Influence[] Influences(
        int figures, int[] blocks, CountedFigures compute, int[] counts, CancellationToken cancellationToken)
    {
        int count = Math.Min(blocks.Length, MostBlocks);
        double[] without = new double[count * figures];
        for (int block = 0; block < count; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = 0; row < counts.Length; row++)
            {
                counts[row] = blocks[row] == block ? 0 : 1;
            }

            compute(counts, without.AsSpan(block * figures, figures));
        }

        return Columns(without, figures, count, []);
    }

    private static Influence[] OfKindsLeftOut(int[] sizes, int figures, CountedFigures compute)
    {
        int[] left = [.. sizes];
        double[] without = new double[sizes.Length * figures];
        for (int kind = 0; kind < sizes.Length; kind++)
        {
            if (sizes[kind] > 0)
            {
                left[kind]--;
                compute(left, without.AsSpan(kind * figures, figures));
                left[kind]++;
            }
        }

        return Columns(without, figures, sizes.Length, sizes);
    }

    /// <summary>The influences on each figure from leave-out figures of shape [parts, figures].</summary>
    internal static Influence[] Columns(double[] without, int figures, int parts, ReadOnlySpan<int> multiples)
    {
        Influence[] influences = new Influence[figures];
        double[] own = new double[parts];
        for (int figure = 0; figure < figures; figure++)
        {
            for (int part = 0; part < parts; part++)
            {
                own[part] = without[(part * figures) + figure];
            }

            influences[figure] = Influence.Of(own, multiples);
        }

        return influences;
    }
}
