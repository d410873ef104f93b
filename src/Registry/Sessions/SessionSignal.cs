using Governance.Registry.Access;

namespace Governance.Registry.Sessions;

/// <summary>Tells the process that hosts open pages at once that sessions of a person have ended or changed.</summary>
/// <remarks>Other processes find it out for themselves: nobody may rely on a session for longer than some seconds.</remarks>
public sealed class SessionSignal
{
    /// <summary>Raised after the change is stored, on the thread of whoever changed it.</summary>
    public event Action<UserId>? Changed;

    /// <summary>Says that sessions of a person have changed.</summary>
    public void Tell(UserId user) => Changed?.Invoke(user);
}
