using System.Text.Json.Serialization;

namespace Governance.Audit.Ensembles;

/// <summary>Which numbers the model of a stacked ensemble learns.</summary>
public enum StackedForm
{
    /// <summary>
    /// Both are tried on each third of the rows, fitted to the others. The full one is taken where its log loss is lower by more than
    /// one standard error, else the shared one; the form that was taken is fitted to all rows.
    /// </summary>
    Chosen,

    /// <summary>One coefficient for each member and class (of two classes one a member), and an intercept a class.</summary>
    Full,

    /// <summary>One coefficient a member, none negative, for all classes alike, and no intercept.</summary>
    Shared,
}

/// <summary>How the two forms did on rows that were held out to choose between them.</summary>
/// <param name="Rows">Rows held out, each third once.</param>
/// <param name="Full">Mean log loss of the full form there, in nats.</param>
/// <param name="Shared">Of the shared one.</param>
/// <param name="Error">The standard error of the difference of the two, over the rows.</param>
/// <remarks>
/// The rule of one standard error (Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984, section 3.4.3):
/// where the rows do not tell two models apart, the one with fewer numbers is taken.
/// </remarks>
public sealed record StackedTrial(int Rows, double Full, double Shared, double Error)
{
    /// <summary>Whether the full form was taken.</summary>
    [JsonIgnore]
    public bool TakesFull => Shared - Full > Error;
}

/// <summary>A fitted stacked model.</summary>
/// <param name="Model">In the terms of <see cref="StackedFeatures"/>, whatever its form.</param>
/// <param name="Shared">Shape [members]: the coefficients of the shared form; null for the full one.</param>
/// <param name="Trial">What chose the form; null where it was asked for, or there were too few rows to hold some out.</param>
internal sealed record StackedFit(Training.MultinomialModel Model, IReadOnlyList<double>? Shared, StackedTrial? Trial)
{
    /// <summary>How many numbers it has learned.</summary>
    public int Numbers => Shared?.Count ?? Model.Classes * (Model.Features.Count + 1);
}
