import {
  AlertTriangle,
  CircleHelp,
  CloudLightning,
  FileWarning,
  Flame,
  HeartPulse,
  Megaphone,
  Siren,
  Swords,
  UserSearch,
  UserX,
  Users,
  type LucideIcon,
} from 'lucide-react';

/** A picture for each kind: by the type's own name, else by the branch it starts in. A plan may bring kinds of its own. */
const BY_TYPE: Record<string, LucideIcon> = {
  lostContact: UserSearch,
  outOfSupervision: UserX,
  neverEnrolled: UserX,
  riskSign: AlertTriangle,
  actInProgress: Siren,
  violentCrime: Swords,
  violenceAgainstPersons: Swords,
  selfHarm: HeartPulse,
  unnaturalDeath: HeartPulse,
  activityInjury: HeartPulse,
  massIncident: Users,
  abnormalPetition: Megaphone,
  orderDisruption: Megaphone,
  publicOrder: Megaphone,
  hostageTaking: Siren,
  disaster: CloudLightning,
  otherOffence: FileWarning,
};
const BY_BRANCH: Record<string, LucideIcon> = {
  abscondingSearch: UserSearch,
  riskSigns: AlertTriangle,
  violentAct: Siren,
  disasterImpact: CloudLightning,
};

export function Picture({ eventType, branch }: { eventType: string; branch: string | null }) {
  const Icon = BY_TYPE[eventType] ?? BY_BRANCH[branch ?? ''] ?? (eventType === 'other' ? CircleHelp : Flame);
  return <Icon aria-hidden size={30} strokeWidth={1.9} />;
}
