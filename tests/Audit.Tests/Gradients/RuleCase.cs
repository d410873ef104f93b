using Governance.Audit.Explanations;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Gradients;

/// <summary>A graph of few nodes with an input "x" and a value "y", closed by a random mix of y into two columns.</summary>
internal sealed record RuleCase(string Name, int[] Shape, int Elements, Func<GivenModel, GivenModel> Write)
{
    /// <summary>Where x is drawn from.</summary>
    public double Low { get; init; } = -1.5;

    /// <summary>Where x is drawn from.</summary>
    public double High { get; init; } = 1.5;

    /// <summary>The version of the operators.</summary>
    public long Opset { get; init; } = 17;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The file; its output is "out".</summary>
    public byte[] Build()
    {
        long?[] dims = [null, .. Shape.Select(size => (long?)size)];
        GivenModel model = Write(new GivenModel().Input("x", TensorProto.Types.DataType.Float, dims));
        return model.Node("Flatten", ["y"], ["flat"], attributes: ("axis", 1L))
            .Weights("mix", [Elements, 2], Random(Elements * 2, 1, 3))
            .Node("Sin", ["flat"], ["bent"])
            .Node("MatMul", ["bent", "mix"], ["out"])
            .Output("out", TensorProto.Types.DataType.Float, null, 2)
            .Build(Opset);
    }

    /// <summary>Random floats between ±<paramref name="size"/>.</summary>
    public static float[] Random(int count, double size, int seed)
    {
        SeededRandom random = new(seed, 12);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(size * ((2 * random.NextDouble()) - 1)))];
    }
}
