using Governance.Registry.Datasets;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.Equivalence;

/// <summary>What a person or program asks a battery for. Nothing that would make it easier can be chosen but the rows.</summary>
/// <param name="Parent">The parent, such as "credit/2"; null where there is only one.</param>
/// <param name="Data">The labelled data set; null for one that the parent was audited on.</param>
/// <param name="Background">The data set whose rows stand for features that are not known; null for a training set that fits, else the rows themselves.</param>
internal sealed record BatteryWish(string? Parent = null, string? Data = null, string? Background = null);

/// <summary>What there is to choose from for a battery of a version.</summary>
/// <param name="Datasets">Labelled data sets with the columns that the version takes.</param>
/// <param name="Standing">What it could inherit; null where it came from no other.</param>
/// <param name="Usual">The data set that is taken where none is named; null where none fits.</param>
/// <param name="Background">The background that is taken where none is named; null likewise.</param>
internal sealed record BatteryOffer(IReadOnlyList<Dataset> Datasets, Inheritance? Standing, string? Usual, string? Background);
