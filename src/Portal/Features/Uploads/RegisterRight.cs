using Governance.Registry.Access;
using Governance.Registry.Models;

namespace Governance.Portal.Features.Uploads;

/// <summary>Whether a person may register on a model, for data sets that are registered by way of one.</summary>
internal sealed class RegisterRight(ModelQueries models, PeopleQueries people)
{
    /// <summary>Why not, or null.</summary>
    public async Task<Refusal?> RefusalAsync(UserId user, string model, CancellationToken cancellationToken)
    {
        ModelDetails? details = await models.FindAsync(user, model, cancellationToken);
        Person? person = await people.FindAsync(user, cancellationToken);
        return details is null || person is null ? new Refusal("not-found", $"There is no model '{model}', or not for this person.")
            : AccessPolicy.Decide(person.Roles, Right.Register, details.Relation).Allowed ? null
            : RightsRefusals.For(Right.Register);
    }
}
