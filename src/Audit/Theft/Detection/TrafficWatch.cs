using System.Diagnostics;
using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Detection;

/// <summary>
/// Watches one stream of queries (a person's, a team's, or a model's as a whole) for the signs of extraction. Not safe to
/// use from several threads at once.
/// </summary>
/// <remarks>
/// An e-detector of the CUSUM kind: each detector's bet is M ← max(M, 1) · e with the e value of the row's conformal
/// p value, and the mean of the bets is compared with the watch's level (Shin, Ramdas and Rinaldo, "E-detectors",
/// The New England Journal of Statistics in Data Science 2 (2024) 229–260, definition 2.2): in honest traffic the mean
/// number of rows to an alarm is at least that level, as far as the calibration is exact. Exact repeats of the last 200
/// distinct rows are not counted. O(1,500 · size) a row, most of it in <see cref="WatchCalibration.Look"/>.
/// </remarks>
public sealed class TrafficWatch
{
    /// <summary>From this level on (inclusive) there is an alarm of one person's stream: at most one in a million honest rows.</summary>
    public const double PersonLevel = 1e6;

    /// <summary>The same for a stream of many people, which sees every row and whose alarm concerns them all.</summary>
    public const double SharedLevel = 1e7;

    // Those who work on a rare group of rows are farther out and nearer the boundary than others all the time, but seldom
    // so far: the stake is on the extremes. Three quarters of it are kept, so that a thief with one row in five still
    // shows. The figures are measured: docs/theft-detection.md.
    private const double FarShare = 0.003;
    private const double CloseShare = 0.05;
    private const double CloseAllowance = 2;

    // Edits of a known row that is near the boundary are near it again and again; a line search comes nearer than they.
    private const double KnownCloseShare = 0.005;
    private const double KnownCloseAllowance = 16;

    // A cell that makes a row strange stays in it through the edits that follow, so one strange value of a what-if session is far
    // out many times over; such edits are answered by their decision alone, and twenty in a row still show.
    private const double KnownFarAllowance = 60;
    private const double Kept = 0.75;

    // A line search comes nearer than almost every honest row, at almost every step; honest work on one group of rows
    // comes a little nearer than usual all the time, and must not be bet against.
    private const double NearPower = 0.05;

    // Far above any alarm; keeps the products finite.
    private const double Highest = 1e30;

    private readonly WatchCalibration calibration;
    private readonly double[] bets;
    private readonly RecentRows recent;
    private long observed;
    private bool alarmed;

    /// <summary>Starts a watch.</summary>
    /// <param name="calibration">Of the version that is asked.</param>
    /// <param name="level">From which on there is an alarm: <see cref="PersonLevel"/> or <see cref="SharedLevel"/>.</param>
    public TrafficWatch(WatchCalibration calibration, double level = PersonLevel)
    {
        this.calibration = calibration;
        Level = level;
        bets = [.. Enum.GetValues<WatchDetector>().Select(_ => 1.0)];
        recent = new RecentRows(NearRanks.Longest, calibration.Size, calibration.Width);
    }

    /// <summary>What honest traffic looks like.</summary>
    public WatchCalibration Calibration => calibration;

    /// <summary>From which level on there is an alarm.</summary>
    public double Level { get; }

    /// <summary>The reading as it stands, without a new row.</summary>
    public WatchReading Reading => Read(false, false);

    /// <summary>What each detector's bet has grown to, in the order of <see cref="WatchDetector"/>.</summary>
    public IReadOnlyList<double> Bets => bets;

    /// <summary>Observes a row.</summary>
    /// <param name="row">Shape [width]; NaN where missing.</param>
    /// <param name="margin">How far it is from being decided otherwise, not negative; NaN where nothing is decided.</param>
    /// <param name="knownRow">Whether it is an edit within a what-if session: then nearness says nothing.</param>
    /// <exception cref="ArgumentException">The row has another width than the calibration.</exception>
    public WatchReading Observe(ReadOnlySpan<float> row, double margin, bool knownRow) =>
        Observe(calibration.Look(row, margin), knownRow);

    /// <summary>Observes a row that was looked at with this watch's calibration.</summary>
    /// <param name="row">The row.</param>
    /// <param name="knownRow">Whether it is an edit within a what-if session: then nearness says nothing.</param>
    public WatchReading Observe(WatchedRow row, bool knownRow)
    {
        if (recent.Contains(row.Mark))
        {
            return Read(true, row.IsOutside);
        }

        observed++;
        for (int detector = 0; detector < bets.Length; detector++)
        {
            // An edit of a known row is near it and patched of it by its nature: only how far out and how near the boundary it is says something.
            if ((WatchDetector)detector is WatchDetector.Outlying or WatchDetector.Boundary
                || (!knownRow && ((WatchDetector)detector != WatchDetector.Near || recent.Count > 0)))
            {
                bets[detector] = Math.Min(Highest, Math.Max(bets[detector], 1) * Evidence((WatchDetector)detector, row, knownRow));
            }
        }

        if (!knownRow)
        {
            recent.Keep(row);
        }

        alarmed |= bets.Sum() / bets.Length >= Level;
        return Read(false, row.IsOutside);
    }

    /// <summary>Begins anew after an alarm was looked into: all bets at 1, the history kept.</summary>
    public void Reset()
    {
        Array.Fill(bets, 1);
        alarmed = false;
    }

    /// <summary>The state as bytes, for <see cref="Restore"/>.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(calibration.Digest);
        writer.WriteAll(bets);
        writer.Write(observed);
        writer.Write(recent.Kept);
        writer.Write(alarmed);
        recent.Write(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Goes on from a state.</summary>
    /// <param name="calibration">Of the version that is asked.</param>
    /// <param name="bytes">From <see cref="ToBytes"/>.</param>
    /// <param name="level">As for a new watch.</param>
    /// <returns>Null where the state belongs to another calibration, whose distances mean something else.</returns>
    /// <exception cref="InvalidDataException">The bytes are no state.</exception>
    public static TrafficWatch? Restore(WatchCalibration calibration, byte[] bytes, double level = PersonLevel)
    {
        using BinaryReader reader = new(new MemoryStream(bytes, writable: false));
        try
        {
            if (reader.ReadString() != calibration.Digest)
            {
                return null;
            }

            TrafficWatch watch = new(calibration, level);
            reader.ReadDoubles().CopyTo(watch.bets, 0);
            watch.observed = reader.ReadInt64();
            long kept = reader.ReadInt64();
            watch.alarmed = reader.ReadBoolean();
            watch.recent.Read(reader, kept);
            return watch;
        }
        catch (Exception fault) when (fault is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("The bytes are no state of a watch.", fault);
        }
    }

    private double Evidence(WatchDetector detector, WatchedRow row, bool knownRow)
    {
        double draw = Draw(row, (int)detector);
        return detector switch
        {
            WatchDetector.Outlying => PowerEvidence.OfThreshold(
                calibration.PValue(RowScore.Distance, row, draw), Math.Max(FarShare, 2.0 / (calibration.Ranked + 1)), Kept,
                knownRow ? KnownFarAllowance : 1),
            WatchDetector.Boundary => PowerEvidence.OfThreshold(
                calibration.PValue(RowScore.Boundary, row, draw), knownRow ? KnownCloseShare : CloseShare, Kept,
                knownRow ? KnownCloseAllowance : CloseAllowance),
            WatchDetector.Near => PowerEvidence.OfPower(NearPValue(row, draw), NearPower),
            WatchDetector.Scrambled => PowerEvidence.Of(calibration.PValue(RowScore.Scrambled, row, draw)),
            WatchDetector.Patched => PowerEvidence.Of(calibration.PValue(RowScore.Patched, row, draw)),
            _ => throw new UnreachableException(),
        };
    }

    private double NearPValue(WatchedRow row, double draw)
    {
        (ConformalRank rank, int length) = calibration.Near(recent.Count);
        return rank.PValue(-recent.Nearest(row, length), draw);
    }

    // Keyed, so that nobody who knows the data can aim at ties; new at each place, so that equal rows do not repeat it.
    private double Draw(WatchedRow row, int detector) =>
        new SeededRandom(calibration.Seed, (long)(row.Mark ^ SeededRandom.Mix(((ulong)observed << 8) + (uint)detector))).NextDouble();

    private WatchReading Read(bool repeat, bool outside) => new(
        bets.Sum() / bets.Length, alarmed, (WatchDetector)Array.IndexOf(bets, bets.Max()), observed, repeat, outside);
}
