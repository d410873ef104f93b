using System.Runtime.InteropServices;

namespace Governance.Audit.Inference;

/// <summary>All outputs of a model for a batch of rows.</summary>
public sealed record Prediction(IReadOnlyList<OutputValues> Outputs)
{
    /// <summary>The output of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public OutputValues this[string name] =>
        Outputs.FirstOrDefault(output => output.Name == name) ?? throw new ArgumentException($"No output '{name}'.", nameof(name));

    /// <summary>A copy of one row.</summary>
    /// <param name="row">From 0.</param>
    public Prediction Row(int row) => new([.. Outputs.Select(output => output.Row(row))]);

    /// <summary>Whether another one has the same outputs with the same numbers to the last bit.</summary>
    public bool SameBytes(Prediction other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Outputs.Count == other.Outputs.Count && Outputs.Zip(other.Outputs).All(pair => pair.First.SameBytes(pair.Second));
    }
}

/// <summary>One output for a batch of rows, copied out of the runtime's memory.</summary>
public sealed class OutputValues
{
    /// <summary>Makes the values of an output.</summary>
    /// <param name="spec">What the model declares about it.</param>
    /// <param name="numbers">Shape [rows, width] row-major, or null for text.</param>
    /// <param name="texts">Shape [rows, width] row-major, or null for numbers.</param>
    /// <param name="rowShape">The dimensions behind the batch; empty for [N].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The class of each column as text, where known.</param>
    public OutputValues(
        OutputSpec spec, double[]? numbers, string[]? texts, IReadOnlyList<int> rowShape, int rows, IReadOnlyList<string>? classes)
    {
        Spec = spec;
        Numbers = numbers;
        Texts = texts;
        RowShape = rowShape;
        Rows = rows;
        Classes = classes;
    }

    /// <summary>What the model declares about this output.</summary>
    public OutputSpec Spec { get; }

    /// <summary>The output's name.</summary>
    public string Name => Spec.Name;

    /// <summary>Shape [rows, width] row-major; null where the output is text.</summary>
    public double[]? Numbers { get; }

    /// <summary>Shape [rows, width] row-major; null where the output is numbers.</summary>
    public string[]? Texts { get; }

    /// <summary>The dimensions behind the batch; empty for [N].</summary>
    public IReadOnlyList<int> RowShape { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Elements a row.</summary>
    public int Width => RowShape.Aggregate(1, (product, size) => product * size);

    /// <summary>The class of each column as text, where known (a ZipMap's keys in ascending column order).</summary>
    public IReadOnlyList<string>? Classes { get; }

    internal OutputValues Row(int row)
    {
        int width = Width;
        return new OutputValues(
            Spec, Numbers?.AsSpan(row * width, width).ToArray(), Texts?.AsSpan(row * width, width).ToArray(), RowShape, 1, Classes);
    }

    internal bool SameBytes(OutputValues other) =>
        RowShape.SequenceEqual(other.RowShape)
        && (Texts ?? []).AsSpan().SequenceEqual(other.Texts ?? [])
        && MemoryMarshal.AsBytes<double>(Numbers).SequenceEqual(MemoryMarshal.AsBytes<double>(other.Numbers));
}
