using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Versions;

namespace Governance.Audit.Theft.Gauge;

/// <summary>Rows that were answered and paid for, as the asker saw them.</summary>
/// <param name="Model">Of which model.</param>
/// <param name="Version">Of which version.</param>
/// <param name="Principal">Who asked.</param>
/// <param name="Policy">The model's own output policy; null for the built-in one.</param>
/// <param name="Rows">The request's rows, as people read them.</param>
/// <param name="Answers">The paid ones by their place in it, with what was released.</param>
/// <param name="At">UTC.</param>
public sealed record AnsweredRequest(
    ModelId Model, ModelVersionId Version, UserId Principal, OutputPolicyChoice? Policy, Table Rows,
    IReadOnlyList<(int Row, AnsweredRow Answer)> Answers, DateTimeOffset At);
