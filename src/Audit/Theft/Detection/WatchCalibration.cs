using System.Security.Cryptography;
using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Detection;

/// <summary>
/// What honest traffic of one model version looks like: a scale, reference rows, and for each detector the scores of rows
/// that were put aside. Immutable; safe to use from several threads.
/// </summary>
/// <remarks>
/// The reference is split by the seed: scale, neighbours and tells are learned on one part, ranks on the other, so that a
/// new row of the same kind has uniform p values, whatever was learned. The seed also keys the draws that break ties and
/// is therefore as secret as the rows.
/// </remarks>
public sealed class WatchCalibration
{
    /// <summary>The most rows that scale and tells are learned on.</summary>
    public const int MostLearned = 4_000;

    /// <summary>The most rows that a row is compared with.</summary>
    public const int MostNeighbours = 1_500;

    /// <summary>The most rows that ranks are taken among.</summary>
    public const int MostRanked = 5_000;

    private const int Version = 1;
    private const double OutsideP = 0.001;

    private readonly ReferenceSpace space;
    private readonly RowTell scrambled;
    private readonly RowTell patched;
    private readonly ConformalRank[] ranks; // in the order of RowScore
    private readonly NearRanks near;

    private WatchCalibration(
        int seed, int width, ReferenceSpace space, RowTell scrambled, RowTell patched, ConformalRank[] ranks, NearRanks near)
    {
        Seed = seed;
        Width = width;
        this.space = space;
        this.scrambled = scrambled;
        this.patched = patched;
        this.ranks = ranks;
        this.near = near;
        Digest = Convert.ToHexStringLower(SHA256.HashData(ToBytes()));
    }

    /// <summary>Features of a row.</summary>
    public int Width { get; }

    /// <summary>SHA-256 of <see cref="ToBytes"/>, lower-case hex.</summary>
    public string Digest { get; }

    /// <summary>How many rows the ranks are taken among; the smallest p value is about one over it.</summary>
    public int Ranked => ranks[0].Scores.Length;

    internal int Seed { get; }

    internal int Size => space.Whitening.Size;

    /// <summary>Calibrates.</summary>
    /// <param name="reference">Rows of honest traffic, in any order; the first of very many are not preferred.</param>
    /// <param name="seed">Of split, learning and ties. Kept secret with the calibration.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <remarks>O(ranked · neighbours · size): about a second for 5,000 rows of 60 features.</remarks>
    public static WatchCalibration Fit(WatchReference reference, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        int[] order = Shuffled(reference.Count, seed);
        int learned = Math.Min(reference.Count / 2, MostLearned);
        ReadOnlySpan<int> aside = order.AsSpan(learned, Math.Min(reference.Count - learned, MostRanked));
        int width = reference.Width;
        float[] learn = Take(reference, order.AsSpan(0, learned));
        float[] held = Take(reference, aside);
        Whitening whitening = Whitening.Fit(learn, width);
        float[] learnWhite = Whiten(whitening, learn, width);
        float[] heldWhite = Whiten(whitening, held, width);
        ReferenceSpace space = new(whitening, learnWhite[..(Math.Min(learned, MostNeighbours) * whitening.Size)]);
        RowTell scrambled = RowTell.Fit(learn, width, reference.Columns, whole: true, seed, cancellationToken);
        RowTell patched = RowTell.Fit(learn, width, reference.Columns, whole: false, seed, cancellationToken);
        double[][] scores = [.. Enum.GetValues<RowScore>().Select(_ => new double[held.Length / width])];
        double[] own = new double[scores.Length];
        for (int i = 0; i < aside.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Measure(
                space, scrambled, patched, held.AsSpan(i * width, width), heldWhite.AsSpan(i * whitening.Size, whitening.Size),
                reference.Margins[aside[i]], own);
            for (int score = 0; score < own.Length; score++)
            {
                scores[score][i] = own[score];
            }
        }

        ulong[] marks = [.. Marks(learn, width), .. Marks(held, width)];
        NearRanks near = NearRanks.Fit([.. learnWhite, .. heldWhite], [.. learn, .. held], marks, whitening.Size, learned, seed);
        return new WatchCalibration(seed, width, space, scrambled, patched, [.. scores.Select(list => new ConformalRank(list))], near);
    }

    /// <summary>Looks at a row.</summary>
    /// <param name="row">Shape [<see cref="Width"/>]; NaN where missing.</param>
    /// <param name="margin">How far it is from being decided otherwise, not negative; NaN where nothing is decided.</param>
    /// <exception cref="ArgumentException">The row has another width.</exception>
    public WatchedRow Look(ReadOnlySpan<float> row, double margin)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Width, nameof(row));
        float[] white = new float[Size];
        space.Whitening.Apply(row, white);
        double[] scores = new double[ranks.Length];
        Measure(space, scrambled, patched, row, white, margin, scores);
        return new WatchedRow(RowMark.Of(row), row.ToArray(), white, scores, IsOutside(scores[(int)RowScore.Distance]));
    }

    /// <summary>The conformal p value of a row's distance from the reference, as <see cref="WatchedRow.IsOutside"/> judges it.</summary>
    /// <param name="row">Shape [<see cref="Width"/>]; NaN where missing.</param>
    /// <returns>The share of honest rows that lie at least as far, in (0, 1]; never under 1 / (<see cref="Ranked"/> + 1).</returns>
    /// <exception cref="ArgumentException">The row has another width.</exception>
    public double OutlierP(ReadOnlySpan<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Width, nameof(row));
        float[] white = new float[Size];
        space.Whitening.Apply(row, white);
        return ranks[(int)RowScore.Distance].PValue(space.Distance(white), 1);
    }

    /// <summary>The calibration as bytes: the same calibration gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(Version);
        writer.Write(Seed);
        writer.Write(Width);
        space.Write(writer);
        scrambled.Write(writer);
        patched.Write(writer);
        foreach (ConformalRank rank in ranks)
        {
            writer.WriteAll(rank.Scores);
        }

        near.Write(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="InvalidDataException">The bytes are no calibration of this version.</exception>
    public static WatchCalibration Read(byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes, writable: false));
        try
        {
            if (reader.ReadInt32() != Version)
            {
                throw new InvalidDataException("The bytes are a calibration of another version.");
            }

            return new WatchCalibration(
                reader.ReadInt32(), reader.ReadInt32(), ReferenceSpace.Read(reader), RowTell.Read(reader), RowTell.Read(reader),
                [.. Enum.GetValues<RowScore>().Select(_ => new ConformalRank(reader.ReadDoubles()))], NearRanks.Read(reader));
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("The bytes end too early.", fault);
        }
    }

    /// <summary>The p value of one score of a row.</summary>
    internal double PValue(RowScore score, WatchedRow row, double draw) => ranks[(int)score].PValue(row.Scores[(int)score], draw);

    /// <summary>The ranks of nearness for a history.</summary>
    internal (ConformalRank Rank, int Length) Near(int history) => near.For(history);

    private static void Measure(
        ReferenceSpace space, RowTell scrambled, RowTell patched, ReadOnlySpan<float> row, ReadOnlySpan<float> white, double margin,
        Span<double> scores)
    {
        scores[(int)RowScore.Distance] = space.Distance(white);
        scores[(int)RowScore.Boundary] = double.IsNaN(margin) ? 0 : -margin; // where nothing is decided all rows are alike
        scores[(int)RowScore.Scrambled] = scrambled.Score(row);
        scores[(int)RowScore.Patched] = patched.Score(row);
    }

    private bool IsOutside(double distance)
    {
        ConformalRank rank = ranks[(int)RowScore.Distance];
        return rank.Scores.Length + 1 >= 1 / OutsideP ? rank.PValue(distance, 1) < OutsideP : distance > 1.1 * rank.Highest;
    }

    private static int[] Shuffled(int count, int seed)
    {
        SeededRandom random = new(seed, 10);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static float[] Take(WatchReference reference, ReadOnlySpan<int> rows)
    {
        float[] taken = new float[rows.Length * reference.Width];
        for (int i = 0; i < rows.Length; i++)
        {
            reference.Row(rows[i]).CopyTo(taken.AsSpan(i * reference.Width));
        }

        return taken;
    }

    private static float[] Whiten(Whitening whitening, ReadOnlySpan<float> rows, int width)
    {
        float[] whitened = new float[rows.Length / width * whitening.Size];
        for (int row = 0; row < rows.Length / width; row++)
        {
            whitening.Apply(rows.Slice(row * width, width), whitened.AsSpan(row * whitening.Size, whitening.Size));
        }

        return whitened;
    }

    private static IEnumerable<ulong> Marks(float[] rows, int width) =>
        Enumerable.Range(0, rows.Length / width).Select(row => RowMark.Of(rows.AsSpan(row * width, width)));
}
