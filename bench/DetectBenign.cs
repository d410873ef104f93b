using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Tests.Theft;
using Governance.Audit.Theft.Detection;
using Governance.Audit.Theft.Streams;
using Governance.Audit.Theft.Traffic;

namespace Governance.Bench;

/// <summary>Whether honest traffic raises alarms: distinct rows in streams of people, of teams and of the model as a whole.</summary>
internal static class DetectBenign
{
    private const int PeopleOfTeam = 5;
    private const int SubgroupStreams = 5;
    private const int SubgroupRows = 300;

    /// <summary>Prints alarms, the highest level of each kind of stream, how rows compare with fresh ones, and the time of a row.</summary>
    /// <param name="rows">Distinct rows a model.</param>
    /// <param name="seed">Of the rows and of the streams' lengths.</param>
    /// <param name="wanted">Data or data and kind; none takes Adult's trees, or HMDA's without the reference folder.</param>
    /// <returns>0, or 1 where a row raised an alarm.</returns>
    public static int Run(int rows, int seed, IReadOnlyList<string> wanted)
    {
        int alarms = 0;
        foreach (WatchCase one in WatchCase.All(Folders.Samples, Folders.Reference, wanted.Count > 0 ? wanted : [Folders.Reference is null ? "hmda-gbt" : "adult-gbt"]))
        {
            WatchCalibration calibration = WatchCalibration.Fit(one.Reference, seed, default);
            BenignTraffic traffic = new(one.Held, seed);
            TrafficWatch pooled = new(calibration, TrafficWatch.SharedLevel);
            TrafficWatch? person = null, team = null;
            SeededRandom lengths = new(seed, 41);
            double[] highest = [1, 1, 1];
            int[] raised = new int[3];
            int people = 0, left = 0;
            double[] micros = new double[rows];
            float[] row = new float[one.Held.Width];
            for (int i = 0; i < rows; i++)
            {
                if (left-- == 0)
                {
                    left = 200 + lengths.NextBelow(1_801);
                    person = new TrafficWatch(calibration);
                    team = people++ % PeopleOfTeam == 0 ? new TrafficWatch(calibration, TrafficWatch.SharedLevel) : team;
                }

                traffic.Draw(row);
                double margin = WatchCase.Margin(one.Score([.. row]));
                long start = Stopwatch.GetTimestamp();
                WatchedRow seen = calibration.Look(row, margin);
                TrafficWatch[] watches = [person!, team!, pooled];
                for (int kind = 0; kind < 3; kind++)
                {
                    WatchReading reading = watches[kind].Observe(seen, knownRow: false);
                    highest[kind] = Math.Max(highest[kind], reading.Level);
                    if (reading.IsAlarm)
                    {
                        raised[kind]++;
                        Console.WriteLine($"  alarm at row {i} by {reading.Strongest}");
                        watches[kind].Reset();
                    }
                }

                micros[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }

            Array.Sort(micros);
            Console.WriteLine($"{one.Name}: {rows:N0} distinct rows, seed {seed}, {people} people; {calibration.Ranked:N0} rows ranked. Alarms of people {raised[0]}, teams {raised[1]}, model {raised[2]}; "
                + $"highest levels {Text(highest[0])}, {Text(highest[1])}, {Text(highest[2])} of {Text(TrafficWatch.PersonLevel)}, {Text(TrafficWatch.SharedLevel)}, {Text(TrafficWatch.SharedLevel)}; a row takes {micros[rows / 2]:0} µs, P95 {micros[(int)(0.95 * rows)]:0} µs");
            Subgroups(one, calibration, seed);
            alarms += raised.Sum();
        }

        return alarms == 0 ? 0 : 1;
    }

    // People who look at one group only: each level of each choice that is common enough.
    private static void Subgroups(WatchCase one, WatchCalibration calibration, int seed)
    {
        int streams = 0, alarmed = 0, large = 0, largeAlarmed = 0;
        foreach (RowColumn column in one.Held.Columns.Where(column => !column.IsNumber))
        {
            foreach (float[] level in column.Choices!)
            {
                int[] members = [.. Enumerable.Range(0, one.Held.Count).Where(row => column.Features.Select((feature, i) => one.Held.Row(row)[feature] == level[i]).All(same => same))];
                if (members.Length < 60)
                {
                    continue;
                }

                RowSpace group = RowSpace.Of([.. members.SelectMany(row => one.Held.Row(row).ToArray())], one.Held.Width, [.. one.Held.Columns.Select(own => own.Features)]);
                for (int stream = 0; stream < SubgroupStreams; stream++, streams++, large += 10 * members.Length >= one.Held.Count ? 1 : 0)
                {
                    // Real rows: made ones of so few would come too near each other.
                    OwnRows traffic = new(group, seed + stream);
                    TrafficWatch watch = new(calibration);
                    float[] row = new float[one.Held.Width];
                    for (int i = 0; i < Math.Min(SubgroupRows, members.Length) && !watch.Reading.IsAlarm; i++)
                    {
                        traffic.Draw(row);
                        watch.Observe(row, WatchCase.Margin(one.Score([.. row])), knownRow: false);
                    }

                    if (watch.Reading.IsAlarm)
                    {
                        alarmed++;
                        largeAlarmed += 10 * members.Length >= one.Held.Count ? 1 : 0;
                        Console.WriteLine($"  group {string.Join(',', column.Features)} = {string.Join(',', level)} ({members.Length} rows): alarm by {watch.Reading.Strongest} at {watch.Reading.Observed}");
                    }
                }
            }
        }

        Console.WriteLine($"  subgroup streams of {SubgroupRows}: {alarmed} of {streams} alarmed; of groups with a tenth of the rows {largeAlarmed} of {large}");
    }

    private static string Text(double level) => level.ToString("0.0e0", CultureInfo.InvariantCulture);
}
