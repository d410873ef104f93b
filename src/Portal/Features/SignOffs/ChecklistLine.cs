using Governance.Registry.Policies;

namespace Governance.Portal.Features.SignOffs;

/// <summary>One requirement of the checklist.</summary>
/// <param name="Group">Under which head it stands.</param>
/// <param name="Name">What is required.</param>
/// <param name="Verdict">Null where nothing shows it.</param>
/// <param name="Measured">What was measured or recorded, in words.</param>
/// <param name="Address">Where it can be looked at.</param>
internal sealed record ChecklistLine(string Group, string Name, GateVerdict? Verdict, string Measured, string Address);
