using Governance.Audit.Inference;

namespace Governance.Audit.Quarantine;

/// <summary>What our own reader found in a model file before any other code saw it.</summary>
public sealed record ModelContent
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

    /// <summary>The declared inputs that are not weights, with their types, such as "tensor(float16)".</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The declared outputs with their dimensions behind the batch: null where free, null for all of an unknown number.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<long?>? RowShape)> Outputs { get; init; }

    /// <summary>How often each operator occurs, subgraphs and functions included; those of other domains than ai.onnx as "domain::Operator".</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>The number of operators, subgraphs and functions included.</summary>
    public required int Nodes { get; init; }

    /// <summary>Weights: elements of initializers and of the number lists that tree and linear operators carry.</summary>
    public required long Parameters { get; init; }

    /// <summary>What was checked on the file as it lies.</summary>
    public required IReadOnlyList<ModelCheck> Checks { get; init; }
}
