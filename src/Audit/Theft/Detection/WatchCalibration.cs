using System.Security.Cryptography;

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

    private const int Version = 2;
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
        int[] order = CalibrationRows.Shuffled(reference.Count, seed);
        int learned = Math.Min(reference.Count / 2, MostLearned);
        ReadOnlySpan<int> aside = order.AsSpan(learned, Math.Min(reference.Count - learned, MostRanked));
        int width = reference.Width;
        float[] learn = CalibrationRows.Take(reference, order.AsSpan(0, learned));
        float[] held = CalibrationRows.Take(reference, aside);
        Whitening whitening = Whitening.Fit(learn, width);
        float[] learnWhite = CalibrationRows.Whiten(whitening, learn, width);
        float[] heldWhite = CalibrationRows.Whiten(whitening, held, width);
        ReferenceSpace space = new(whitening, learnWhite[..(Math.Min(learned, MostNeighbours) * whitening.Size)]);
        RowTell scrambled = RowTell.Fit(learn, width, reference.Columns, whole: true, seed, cancellationToken);
        RowTell patched = RowTell.Fit(learn, width, reference.Columns, whole: false, seed, cancellationToken);
        double[][] scores = [.. Enum.GetValues<RowScore>().Select(_ => new double[held.Length / width])];
        double[] own = new double[scores.Length];
        for (int i = 0; i < aside.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Measure(
                scrambled, patched, held.AsSpan(i * width, width), space.Distance(heldWhite.AsSpan(i * whitening.Size, whitening.Size)),
                reference.Margins[aside[i]], own);
            for (int score = 0; score < own.Length; score++)
            {
                scores[score][i] = own[score];
            }
        }

        ulong[] marks = [.. CalibrationRows.Marks(learn, width), .. CalibrationRows.Marks(held, width)];
        NearRanks near = NearRanks.Fit([.. learnWhite, .. heldWhite], [.. learn, .. held], marks, whitening.Size, learned, seed);
        return new WatchCalibration(seed, width, space, scrambled, patched, [.. scores.Select(list => new ConformalRank(list))], near);
    }

    /// <summary>Finds a row's place among the reference rows, before anything is known of its answer.</summary>
    /// <param name="row">Shape [<see cref="Width"/>]; NaN where missing. Copied.</param>
    /// <exception cref="ArgumentException">The row has another width.</exception>
    public PlacedRow Place(ReadOnlySpan<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Width, nameof(row));
        float[] white = new float[Size];
        space.Whitening.Apply(row, white);
        double distance = space.Distance(white);
        return new PlacedRow(this, RowMark.Of(row), row.ToArray(), white, distance, IsOutside(distance));
    }

    /// <summary>Looks at a row.</summary>
    /// <param name="row">Shape [<see cref="Width"/>]; NaN where missing.</param>
    /// <param name="margin">How far it is from being decided otherwise, not negative; NaN where nothing is decided.</param>
    /// <exception cref="ArgumentException">The row has another width.</exception>
    public WatchedRow Look(ReadOnlySpan<float> row, double margin) => Place(row).Look(margin);

    /// <summary>The conformal p value of a row's distance from the reference, as <see cref="PlacedRow.IsOutside"/> judges it.</summary>
    /// <param name="placed">A row of this calibration.</param>
    /// <returns>The share of honest rows that lie at least as far, in (0, 1]; never under 1 / (<see cref="Ranked"/> + 1).</returns>
    public double OutlierP(PlacedRow placed)
    {
        ArgumentNullException.ThrowIfNull(placed);
        return ranks[(int)RowScore.Distance].PValue(placed.Distance, 1);
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

    /// <summary>All scores of a placed row, in the order of <see cref="RowScore"/>.</summary>
    internal double[] Scores(PlacedRow placed, double margin)
    {
        double[] scores = new double[ranks.Length];
        Measure(scrambled, patched, placed.Raw, placed.Distance, margin, scores);
        return scores;
    }

    private static void Measure(
        RowTell scrambled, RowTell patched, ReadOnlySpan<float> row, double distance, double margin, Span<double> scores)
    {
        scores[(int)RowScore.Distance] = distance;
        scores[(int)RowScore.Boundary] = double.IsNaN(margin) ? 0 : -margin; // where nothing is decided all rows are alike
        scores[(int)RowScore.Scrambled] = scrambled.Score(row);
        scores[(int)RowScore.Patched] = patched.Score(row);
    }

    private bool IsOutside(double distance)
    {
        ConformalRank rank = ranks[(int)RowScore.Distance];
        return rank.Scores.Length + 1 >= 1 / OutsideP ? rank.PValue(distance, 1) < OutsideP : distance > 1.1 * rank.Highest;
    }
}
