namespace Governance.Audit.Serving;

/// <summary>A tensor as a client sends it: named, row-major, in one of five element types.</summary>
/// <param name="Name">Of an input of the model, or of a column that it reads.</param>
/// <param name="Shape">All dimensions; the first one counts rows.</param>
/// <param name="Values">bool[], long[], float[], double[] or string[]; as many as the product of the dimensions.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<long> Shape, Array Values)
{
    /// <summary>The number of rows: the first dimension; 1 for a tensor without dimensions.</summary>
    public int Rows => Shape.Count == 0 ? 1 : (int)Shape[0];

    /// <summary>Elements a row; 0 where there are no rows.</summary>
    public int Width => Rows == 0 ? 0 : Values.Length / Rows;

    /// <summary>A copy of some rows.</summary>
    /// <param name="start">The first, from 0.</param>
    /// <param name="count">How many.</param>
    public NamedTensor Slice(int start, int count)
    {
        Array part = Array.CreateInstance(Values.GetType().GetElementType()!, count * Width);
        Array.Copy(Values, start * Width, part, 0, part.Length);
        return new NamedTensor(Name, [count, .. Shape.Skip(1)], part);
    }
}
