namespace Governance.Audit.Performance;

/// <summary>The outcomes of one group at every cut of the score: what deciding positive from any score on gives.</summary>
/// <remarks>Made by <see cref="GroupCuts"/>. A place is a number of distinct scores: at place 0 nobody is decided positive, at the last one everybody.</remarks>
public sealed class CutTable
{
    private readonly double[] cuts;
    private readonly Tail[] tails;

    internal CutTable(double[] cuts, Tail[] tails)
    {
        this.cuts = cuts;
        this.tails = tails;
        Total = tails.Length == 0 ? default : tails[^1];
    }

    /// <summary>The distinct scores, the highest first.</summary>
    public IReadOnlyList<double> Cuts => cuts;

    /// <summary>The number of distinct scores; places run from 0 to here, inclusive.</summary>
    public int Places => cuts.Length;

    /// <summary>Rows with a score, never weighted.</summary>
    public int Rows => Total.Positive.Rows + Total.Negative.Rows + Total.Unlabelled.Rows;

    private Tail Total { get; }

    /// <summary>The outcomes when everybody with at least this score is decided positive. O(log places).</summary>
    /// <param name="cut">In the scores' unit, inclusive; infinite for nobody or everybody.</param>
    public Outcomes At(double cut) => AtPlace(PlaceOf(cut));

    /// <summary>The outcomes when those with the highest distinct scores are decided positive.</summary>
    /// <param name="place">How many distinct scores, in [0, <see cref="Places"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside its range.</exception>
    public Outcomes AtPlace(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(place, cuts.Length);
        Tail above = place == 0 ? default : tails[place - 1];
        return new Outcomes(
            above.Positive, above.Negative, Less(Total.Negative, above.Negative), Less(Total.Positive, above.Positive),
            above.Unlabelled, Less(Total.Unlabelled, above.Unlabelled));
    }

    /// <summary>How many distinct scores are at least this cut. O(log places).</summary>
    /// <param name="cut">In the scores' unit; NaN counts as above all.</param>
    public int PlaceOf(double cut)
    {
        int low = 0;
        int high = cuts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = cuts[middle] >= cut ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The score from which on at least this share of the rows is decided positive. O(log places).</summary>
    /// <param name="share">Of the rows' weight; at most 0 for nobody.</param>
    /// <returns>One of <see cref="Cuts"/>; infinite where nobody is to be decided positive or there are no rows.</returns>
    public double CutOfShare(double share)
    {
        double wanted = share * Weight(Total);
        if (!(wanted > 0))
        {
            return double.PositiveInfinity;
        }

        int low = 0;
        int high = cuts.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Weight(tails[middle]) >= wanted * (1 - 1e-12) ? (low, middle) : (middle + 1, high);
        }

        return cuts[low];
    }

    /// <summary>Places evenly spread over the rows, from nobody to everybody, for curves.</summary>
    /// <param name="most">How many at most, at least 2.</param>
    /// <returns>Ascending, without repeats; 0 alone without rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is below 2.</exception>
    public IReadOnlyList<int> Spread(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        List<int> places = [0];
        for (int step = 1; step < most && cuts.Length > 0; step++)
        {
            int place = step == most - 1 ? cuts.Length : PlaceOf(CutOfShare(step / (most - 1.0)));
            if (place > places[^1])
            {
                places.Add(place);
            }
        }

        return places;
    }

    /// <summary>The same table with fewer cuts, so that no step from one to the next tells of fewer than so many rows.</summary>
    /// <param name="fewest">Rows of a step at least, at least 1; where there are not so many altogether, there is one cut.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fewest"/> is below 1.</exception>
    public CutTable InSteps(int fewest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fewest, 1);
        List<int> kept = [];
        int before = 0;
        for (int at = 0; at < cuts.Length; at++)
        {
            int rows = RowsOf(tails[at]);
            if (rows - before >= fewest && Rows - rows >= fewest)
            {
                kept.Add(at);
                before = rows;
            }
        }

        if (cuts.Length > 0 && (kept.Count == 0 || kept[^1] != cuts.Length - 1))
        {
            kept.Add(cuts.Length - 1);
        }

        return new CutTable([.. kept.Select(at => cuts[at])], [.. kept.Select(at => tails[at])]);
    }

    private static int RowsOf(Tail tail) => tail.Positive.Rows + tail.Negative.Rows + tail.Unlabelled.Rows;

    private static double Weight(Tail tail) => tail.Positive.Weight + tail.Negative.Weight + tail.Unlabelled.Weight;

    // Of weighted rows the difference may miss 0 by rounding; without rows it is 0.
    private static OutcomeCell Less(OutcomeCell all, OutcomeCell part) => all.Rows == part.Rows
        ? default
        : new OutcomeCell(all.Rows - part.Rows, Math.Max(0, all.Weight - part.Weight), Math.Max(0, all.SquaredWeight - part.SquaredWeight));

    /// <summary>Everybody down to one score, by what was true.</summary>
    internal readonly record struct Tail(OutcomeCell Positive, OutcomeCell Negative, OutcomeCell Unlabelled)
    {
        /// <summary>With one more row.</summary>
        public Tail With(sbyte label, double weight) => label switch
        {
            1 => this with { Positive = Positive.With(weight) },
            0 => this with { Negative = Negative.With(weight) },
            _ => this with { Unlabelled = Unlabelled.With(weight) },
        };
    }
}
