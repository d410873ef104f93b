using Governance.Audit.Data;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Gradients;

/// <summary>Shape and element type of the values of a graph, for rows of one shape.</summary>
internal sealed class ValueFacts
{
    /// <summary>A dimension that depends on how many rows there are.</summary>
    public const int Free = -1;

    private readonly Dictionary<string, (int[] Dims, int Rows, DataType Type)> known = new(StringComparer.Ordinal);

    /// <summary>Notes a value.</summary>
    /// <param name="value">Its name.</param>
    /// <param name="dims">All dimensions; <see cref="Free"/> where they depend on the number of rows.</param>
    /// <param name="rows">The axis that counts the rows themselves, or -1.</param>
    /// <param name="type">The element type.</param>
    public void Add(string value, int[] dims, int rows, DataType type) => known[value] = (dims, rows, type);

    /// <summary>Whether anything is known about a value.</summary>
    public bool Knows(string value) => known.ContainsKey(value);

    /// <summary>All dimensions; <see cref="Free"/> where they depend on the number of rows.</summary>
    public int[] Dims(string value) => Of(value).Dims;

    /// <summary>The axis that counts the rows, or -1.</summary>
    public int RowAxis(string value) => Of(value).Rows;

    /// <summary>The element type.</summary>
    public DataType Type(string value) => Of(value).Type;

    /// <summary>The number of dimensions.</summary>
    public int Rank(string value) => Dims(value).Length;

    private (int[] Dims, int Rows, DataType Type) Of(string value) => known.TryGetValue(value, out (int[], int, DataType) facts)
        ? facts
        : throw new InputException($"The shape of the value '{value}' could not be found out.");
}
