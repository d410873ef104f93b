namespace Governance.Audit.Inference;

/// <summary>What a model file holds and how it behaves: the body of <c>governance inspect</c>.</summary>
public sealed record InspectionReport
{
    /// <summary>Of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The file's size.</summary>
    public required long Bytes { get; init; }

    /// <summary>The version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>The version of each operator set, by domain; "ai.onnx" is the default one.</summary>
    public required IReadOnlyDictionary<string, long> Opsets { get; init; }

    /// <summary>The program that wrote the file, with its version; empty where it does not say.</summary>
    public required string Producer { get; init; }

    /// <summary>The inputs in graph order.</summary>
    public required IReadOnlyList<InspectedInput> Inputs { get; init; }

    /// <summary>The outputs in graph order.</summary>
    public required IReadOnlyList<InspectedOutput> Outputs { get; init; }

    /// <summary>How often each operator occurs, subgraphs included; those of other domains than ai.onnx as "domain::Operator".</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>The number of operators, subgraphs included.</summary>
    public required int Nodes { get; init; }

    /// <summary>Weights: elements of initializers and of the number lists that tree and linear operators carry.</summary>
    public required long Parameters { get; init; }

    /// <summary>Which methods can explain the model, and why others cannot.</summary>
    public required IReadOnlyList<ExplainerSupport> Explainers { get; init; }

    /// <summary>What was tried with the model.</summary>
    public required IReadOnlyList<ModelCheck> Checks { get; init; }
}

/// <summary>One input of a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Such as "tensor(float)".</param>
/// <param name="Shape">All dimensions, null where free.</param>
public sealed record InspectedInput(string Name, string Type, IReadOnlyList<long?> Shape);

/// <summary>One output of a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Such as "tensor(float)" or "seq(map(int64,tensor(float)))".</param>
/// <param name="Shape">All dimensions, null where free; empty for a sequence.</param>
/// <param name="Role">What it means.</param>
/// <param name="Classes">The class of each column, where known.</param>
public sealed record InspectedOutput(
    string Name, string Type, IReadOnlyList<long?> Shape, OutputRole Role, IReadOnlyList<string>? Classes);

/// <summary>Whether a method can explain the model.</summary>
/// <param name="Method">The name on the command line.</param>
/// <param name="Supported">Whether it can.</param>
/// <param name="Reason">Why, one sentence.</param>
public sealed record ExplainerSupport(string Method, bool Supported, string Reason);

/// <summary>One thing that was tried with the model.</summary>
/// <param name="Name">A stable word in kebab case.</param>
/// <param name="Ok">Whether it went as it should.</param>
/// <param name="Message">What was found, one sentence.</param>
public sealed record ModelCheck(string Name, bool Ok, string Message);
