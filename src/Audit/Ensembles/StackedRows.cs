namespace Governance.Audit.Ensembles;

/// <summary>What a stacked model is fitted to.</summary>
/// <param name="Probabilities">Shape [members][rows · classes], row-major, of rows that no member was trained on.</param>
/// <param name="Truth">Shape [rows]: the class, from 0.</param>
/// <param name="Names">The features' names (<see cref="StackedFeatures.Names"/>).</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="Positive">Of two classes the place of the one whose log-odds are read.</param>
/// <param name="Penalty">The ridge penalty, not negative.</param>
/// <param name="Form">Which numbers are learned.</param>
/// <param name="Seed">Of the rows held out to choose the form.</param>
internal sealed record StackedRows(
    IReadOnlyList<double[]> Probabilities, double[] Truth, IReadOnlyList<string> Names, int Classes, int Positive, double Penalty, StackedForm Form, int Seed)
{
    /// <summary>Some of the rows.</summary>
    public StackedRows Take(int[] rows) => this with
    {
        Probabilities = [.. Probabilities.Select(member => rows.SelectMany(row => member.AsSpan(row * Classes, Classes).ToArray()).ToArray())],
        Truth = [.. rows.Select(row => Truth[row])],
    };
}
