namespace Governance.Registry.Annotations;

/// <summary>A tag, description or origin to put on record together with what it is about.</summary>
/// <param name="Kind">What it is; no alias, which needs a version that is there.</param>
/// <param name="Key">Its key; empty for a description.</param>
/// <param name="Value">Its value; blank for an empty one.</param>
public sealed record NewAnnotation(AnnotationKind Kind, string Key, string Value);
