using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>What one readable column may hold.</summary>
public sealed class RowColumn
{
    /// <summary>A choice.</summary>
    /// <param name="features">The features that stand for it.</param>
    /// <param name="choices">Shape [choices][features]: what they may be together, at least one.</param>
    public RowColumn(int[] features, float[][] choices)
    {
        Features = features;
        Choices = choices.Length > 0 ? choices : [[.. features.Select(_ => float.NaN)]];
    }

    /// <summary>A number.</summary>
    /// <param name="features">The one feature.</param>
    /// <param name="least">The least, inclusive.</param>
    /// <param name="most">The most, inclusive.</param>
    /// <param name="step">The grid through 0 that all values keep; 0 for none.</param>
    public RowColumn(int[] features, float least, float most, double step)
    {
        Features = features;
        Least = least;
        Most = most;
        Step = step;
    }

    /// <summary>The features that stand for the column.</summary>
    public int[] Features { get; }

    /// <summary>Shape [choices][features]; null for a number.</summary>
    public float[][]? Choices { get; }

    /// <summary>The least number, inclusive.</summary>
    public float Least { get; }

    /// <summary>The most, inclusive.</summary>
    public float Most { get; }

    /// <summary>The grid through 0 that numbers keep; 0 for none.</summary>
    public double Step { get; }

    /// <summary>Whether a number; else a choice.</summary>
    public bool IsNumber => Choices is null;

    /// <summary>Writes any legal value, all alike likely.</summary>
    public void Draw(Span<float> row, ref SeededRandom random)
    {
        if (Choices is null)
        {
            row[Features[0]] = Legal(Least + (random.NextDouble() * ((double)Most - Least)));
            return;
        }

        Set(row, random.NextBelow(Choices.Length));
    }

    /// <summary>Writes a choice.</summary>
    public void Set(Span<float> row, int choice)
    {
        for (int i = 0; i < Features.Length; i++)
        {
            row[Features[i]] = Choices![choice][i];
        }
    }

    /// <summary>Copies the column's cell of another row.</summary>
    public void Copy(ReadOnlySpan<float> from, Span<float> row)
    {
        foreach (int feature in Features)
        {
            row[feature] = from[feature];
        }
    }

    /// <summary>The nearest legal number.</summary>
    public float Legal(double value)
    {
        if (Step > 0)
        {
            value = Math.Round(value / Step) * Step;
        }

        return Math.Clamp((float)value, Least, Most);
    }
}
