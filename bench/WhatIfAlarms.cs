using Governance.Audit.Explanations;
using Governance.Audit.Tests.Theft;
using Governance.Audit.Theft.Detection;
using Governance.Audit.Theft.Streams;

namespace Governance.Bench;

/// <summary>Whether honest what-if sessions raise alarms: known rows, each with up to 30 edits in legal bounds.</summary>
internal static class WhatIfAlarms
{
    private const int MostEdits = 30;
    private const int SessionsOfPerson = 5; // in a row, watched as one stream
    private const double Target = 0.01;

    private static readonly (string Name, Func<WatchCase, float[], float[], Draws, float[]> Next)[] Editors =
    [
        ("one cell at a time", (one, known, _, random) => Edited(one, known, random)),
        ("cells one after another", (one, _, current, random) => Edited(one, current, random)),
        ("toward the other answer", Toward),
    ];

    /// <summary>Prints, for each model and kind of editing, the share of sessions with an alarm.</summary>
    /// <param name="sessions">Of each kind and model.</param>
    /// <param name="seed">Of rows and edits.</param>
    /// <param name="wanted">Data or data and kind; none takes HMDA's, and Adult's where the reference folder is.</param>
    /// <returns>0, or 1 where more than one session in a hundred raised an alarm.</returns>
    public static int Run(int sessions, int seed, IReadOnlyList<string> wanted)
    {
        bool missed = false;
        foreach (WatchCase one in WatchCase.All(Folders.Samples, Folders.Reference, wanted.Count > 0 ? wanted : ["hmda", "adult"]))
        {
            WatchCalibration calibration = WatchCalibration.Fit(one.Reference, seed, default);
            foreach ((string name, Func<WatchCase, float[], float[], Draws, float[]> next) in Editors)
            {
                (int alarmed, int outside, int edits, string by) = Sessions(one, calibration, next, sessions, seed);
                missed |= alarmed > Target * sessions;
                Console.WriteLine(
                    $"{one.Name}, {name}: {alarmed} of {sessions} sessions with an alarm ({100.0 * alarmed / sessions:0.00} %{(by.Length > 0 ? "; " + by : "")}), {edits:N0} edits, {100.0 * outside / edits:0.00} % of them answered by label only");
            }
        }

        return missed ? 1 : 0;
    }

    private static (int Alarmed, int Outside, int Edits, string By) Sessions(
        WatchCase one, WatchCalibration calibration, Func<WatchCase, float[], float[], Draws, float[]> next, int sessions, int seed)
    {
        Draws random = new(seed);
        int alarmed = 0, outside = 0, edits = 0;
        Dictionary<WatchDetector, int> by = [];
        TrafficWatch watch = new(calibration);
        for (int session = 0; session < sessions; session++)
        {
            if (session % SessionsOfPerson == 0)
            {
                watch = new TrafficWatch(calibration);
            }

            float[] known = [.. one.Held.Row(random.NextBelow(one.Held.Count))];
            float[] current = known;
            watch.Observe(known, WatchCase.Margin(one.Score([.. known])), knownRow: true);
            int wanted = 1 + random.NextBelow(MostEdits);
            for (int edit = 0; edit < wanted; edit++, edits++)
            {
                current = next(one, known, current, random);
                outside += watch.Observe(current, WatchCase.Margin(one.Score([.. current])), knownRow: true).IsOutside ? 1 : 0;
            }

            if (watch.Reading.IsAlarm)
            {
                alarmed++;
                by[watch.Reading.Strongest] = by.GetValueOrDefault(watch.Reading.Strongest) + 1;
                watch.Reset();
            }
        }

        return (alarmed, outside, edits, string.Join(", ", by.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}")));
    }

    // One column of the row becomes what it is in another person's row: legal, and what a person would try.
    private static float[] Edited(WatchCase one, float[] row, Draws random)
    {
        float[] edited = [.. row];
        RowColumn column = one.Held.Columns[random.NextBelow(one.Held.Columns.Count)];
        ReadOnlySpan<float> other = one.Held.Row(random.NextBelow(one.Held.Count));
        foreach (int feature in column.Features)
        {
            edited[feature] = other[feature];
        }

        return edited;
    }

    // Of three edits the one that comes nearest to the other answer; begins anew once it is reached.
    private static float[] Toward(WatchCase one, float[] known, float[] current, Draws random)
    {
        bool side = one.Score([.. known]) >= 0.5;
        float[] from = one.Score([.. current]) >= 0.5 == side ? current : known;
        float[] best = Edited(one, from, random);
        for (int tried = 1; tried < 3; tried++)
        {
            float[] other = Edited(one, from, random);
            best = one.Score([.. other]) < one.Score([.. best]) == side ? other : best;
        }

        return best;
    }

    // One stream of draws for all: the generator itself is a value, and a copy would repeat itself.
    private sealed class Draws(int seed)
    {
        private SeededRandom random = new(seed, 43);

        public int NextBelow(int below) => random.NextBelow(below);
    }
}
