namespace Governance.Audit.Explanations.Fusion;

/// <summary>How the points of a gradient method come to the model: made by the fused gradient, or sent as they are.</summary>
/// <param name="Fused">The fused gradient; null where points are sent and gradients come back.</param>
/// <param name="Reason">Why, one sentence.</param>
/// <param name="Refused">Whether it was wanted and could not be had.</param>
internal sealed record GradientTransport(FusedGradient? Fused, string Reason, bool Refused);
